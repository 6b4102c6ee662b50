//! Hides small groups in what goes outside, so that they cannot be worked out from the totals either.
//!
//! Primary and complementary cell suppression, as statistical offices do it (Hundepool et al., *Statistical
//! Disclosure Control*, 2012, chapter 4), for one row of cells whose total is known.

/// Which of some cells are hidden, where their total is known: those below `least` but not 0, and as many of the
/// next smallest as it takes that what is hidden together is at least `least` and never a single cell.
pub fn hidden(cells: &[i64], least: u32) -> Vec<bool> {
    let least = i64::from(least);
    let mut hidden: Vec<bool> = cells.iter().map(|cell| (1..least).contains(cell)).collect();
    if !hidden.contains(&true) {
        return hidden;
    }
    loop {
        let count = hidden.iter().filter(|hidden| **hidden).count();
        let sum: i64 = cells
            .iter()
            .zip(&hidden)
            .filter(|(_, hidden)| **hidden)
            .map(|(cell, _)| cell)
            .sum();
        // Two cells below the bound with a sum of `least` leave one way in small cases: more slack is needed.
        if count > 1 && sum > least {
            return hidden;
        }
        let next = (0..cells.len())
            .filter(|at| !hidden[*at])
            .min_by_key(|at| (cells[*at] == 0, cells[*at]));
        match next {
            Some(at) => hidden[at] = true,
            None => return hidden,
        }
    }
}

/// Whether a part of a whole is hidden: it or what is left of the whole is below `least` but not 0.
pub fn is_hidden(value: i64, of: Option<i64>, least: u32) -> bool {
    let small = |number: i64| (1..i64::from(least)).contains(&number);
    small(value) || of.is_some_and(|of| small(of - value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All ways to fill the hidden cells so that the total is right, knowing the rule for small cells.
    fn possible(cells: &[i64], hidden: &[bool]) -> Vec<std::collections::BTreeSet<i64>> {
        let sum: i64 = cells
            .iter()
            .zip(hidden)
            .filter(|(_, h)| **h)
            .map(|(c, _)| c)
            .sum();
        let places: Vec<usize> = (0..cells.len()).filter(|at| hidden[*at]).collect();
        let mut found = vec![std::collections::BTreeSet::new(); places.len()];
        fn fill(
            rest: i64,
            left: usize,
            so_far: &mut Vec<i64>,
            found: &mut [std::collections::BTreeSet<i64>],
        ) {
            if left == 0 {
                if rest == 0 {
                    for (set, value) in found.iter_mut().zip(so_far.iter()) {
                        set.insert(*value);
                    }
                }
                return;
            }
            for value in 0..=rest {
                so_far.push(value);
                fill(rest - value, left - 1, so_far, found);
                so_far.pop();
            }
        }
        fill(sum, places.len(), &mut Vec::new(), &mut found);
        found
    }

    #[test]
    fn a_small_group_is_never_the_only_way_to_fill_the_totals() {
        for cells in [
            vec![36, 68, 2, 5, 2],
            vec![2, 50],
            vec![1, 1, 60],
            vec![1, 0, 0, 7],
            vec![2, 3, 4, 5, 6],
            vec![1, 2],
        ] {
            let hidden = hidden(&cells, 3);
            for (cell, hidden) in cells.iter().zip(&hidden) {
                assert!(
                    *hidden || *cell == 0 || *cell >= 3,
                    "{cells:?}: {cell} is shown"
                );
            }
            for ways in possible(&cells, &hidden) {
                assert!(
                    ways.len() > 1,
                    "{cells:?} {hidden:?}: a hidden cell can be worked out"
                );
            }
        }
    }

    #[test]
    fn nothing_is_hidden_where_no_group_is_small() {
        assert_eq!(hidden(&[36, 68, 9], 3), [false, false, false]);
        assert_eq!(hidden(&[0, 68, 9], 3), [false, false, false]);
        assert!(
            is_hidden(112, Some(113), 3) && is_hidden(2, None, 3) && !is_hidden(0, Some(113), 3)
        );
    }
}
