//! Finds when something that stays true becomes true.

/// The first number from `from` to `to` for which `is_true`; `None` when it is not true for `to`. Once true it stays so.
pub(crate) fn first(from: i64, to: i64, is_true: impl Fn(i64) -> bool) -> Option<i64> {
    if !is_true(to) {
        return None;
    }
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_true(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn the_first_is_found() {
        assert_eq!(first(0, 1_000, |number| number >= 77), Some(77));
        assert_eq!(first(0, 1_000, |_| true), Some(0));
        assert_eq!(first(0, 1_000, |number| number > 1_000), None);
    }
}
