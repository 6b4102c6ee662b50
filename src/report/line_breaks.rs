//! Where the lines of a template end.

/// A line that ends with a block, as `- 家访{% if v.minutes %}，{{ v.minutes }}分钟{% endif %}` does, ends all the same:
/// only a line of nothing but blocks goes with its line end. A line that is one condition as a whole ends where it is
/// printed, and leaves nothing behind where it is not.
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

/// The blocks of a line: where each begins and ends, and its first word.
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

/// Where the branches of a line end that is one condition from its beginning to its end and in each branch has text.
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
