//! Line breaks after template blocks.

/// Keeps the line break after a line that ends with a block, which the engine would trim:
/// `- 家访{% if v.minutes %}，{{ v.minutes }}分钟{% endif %}`. Only a line with nothing but blocks loses it. A line that is
/// one condition as a whole keeps it inside each branch, and leaves nothing behind if no branch is taken.
pub(super) fn line_breaks(template: &str) -> String {
    let mut mended = String::with_capacity(template.len() + 256);
    for line in template.split_inclusive('\n') {
        let text = line.trim_end();
        let ending = &line[text.len()..];
        let is_left_alone = !text.ends_with("%}")
            || text.ends_with("-%}")
            || text.ends_with("+%}")
            || is_only_blocks(text)
            || !ending.contains('\n');
        if is_left_alone {
            mended.push_str(line);
            continue;
        }
        match one_condition(text) {
            Some(branches) => {
                let mut at = 0;
                for branch in branches {
                    mended.push_str(&text[at..branch]);
                    mended.push_str("{{ newline }}");
                    at = branch;
                }
                mended.push_str(&text[at..]);
            }
            None => {
                mended.push_str(&text[..text.len() - 2]);
                mended.push_str("+%}");
            }
        }
        mended.push_str(ending);
    }
    mended
}

/// The blocks of a line: start, end and first word of each.
fn blocks(line: &str) -> Vec<(usize, usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = line[at..].find("{%").map(|start| at + start) {
        let Some(end) = line[start..].find("%}").map(|end| start + end + 2) else {
            break;
        };
        let inner = line[start + 2..end - 2]
            .trim_start_matches(['-', '+'])
            .trim_start();
        found.push((
            start,
            end,
            inner.split_whitespace().next().unwrap_or_default(),
        ));
        at = end;
    }
    found
}

fn is_only_blocks(line: &str) -> bool {
    let mut at = 0;
    let between = blocks(line).into_iter().all(|(start, end, _)| {
        let blank = line[at..start].trim().is_empty();
        at = end;
        blank
    });
    between && line[at..].trim().is_empty()
}

/// Where the branches of a line end, if the line is one condition from start to end with text in each branch.
fn one_condition(line: &str) -> Option<Vec<usize>> {
    let blocks = blocks(line);
    let indent = line.len() - line.trim_start().len();
    let (first, last) = (blocks.first()?, blocks.last()?);
    if first.0 != indent || first.2 != "if" || last.2 != "endif" {
        return None;
    }
    let mut ends = Vec::new();
    let mut depth = 0_usize;
    for (at, (start, _, word)) in blocks.iter().enumerate() {
        match *word {
            "if" | "for" | "macro" | "call" | "filter" => depth += 1,
            "else" | "elif" if depth == 1 => ends.push(*start),
            "endif" | "endfor" | "endmacro" | "endcall" | "endfilter" => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    ends.push(*start);
                    if at + 1 < blocks.len() {
                        return None;
                    }
                }
            }
            _ => {}
        }
    }
    Some(ends)
}
