//! Where the plug-in's mechanism belongs among those that decide about a login.

use login_handover::place::MECHANISM;

/// By then macOS has verified the password, and the login window has nothing more to ask.
const BEHIND: &str = "loginwindow:success";
/// Where [`BEHIND`] is missing: the last of a login.
const BEFORE: &str = "loginwindow:done";

/// The mechanisms with ours among them, once: where it stands already, if it stands behind the login window's success, or else
/// right there. `None` when the login window takes no part as we know it: then we stay out of it, too.
pub(super) fn with_ours(mechanisms: &[String]) -> Option<Vec<String>> {
    let others = without_ours(mechanisms);
    let place = place(&others)?;
    // Others that came behind us later are left between: who is first matters to none of us.
    let standing = mechanisms.iter().position(|known| known == MECHANISM);
    let ours = mechanisms.iter().filter(|known| is_ours(known)).count();
    if ours == 1 && standing.is_some_and(|standing| standing >= place) {
        return Some(mechanisms.to_vec());
    }
    let (before, behind) = others.split_at(place);
    Some([before, &[MECHANISM.to_owned()], behind].concat())
}

/// The mechanisms without any of ours.
pub(super) fn without_ours(mechanisms: &[String]) -> Vec<String> {
    let others = mechanisms.iter().filter(|known| !is_ours(known));
    others.cloned().collect()
}

fn place(others: &[String]) -> Option<usize> {
    let last = |name: &str| others.iter().rposition(|known| known == name);
    last(BEHIND).map(|at| at + 1).or_else(|| last(BEFORE))
}

/// Any mechanism of our bundle, also under a name or flag that an earlier version had.
fn is_ours(mechanism: &str) -> bool {
    let bundle = |text: &str| text.split(':').next().map(str::to_owned);
    bundle(mechanism) == bundle(MECHANISM)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    const FRESH: [&str; 5] = [
        "loginwindow:login",
        "builtin:authenticate,privileged",
        "loginwindow:success",
        "HomeDirMechanism:login,privileged",
        "loginwindow:done",
    ];

    #[test]
    fn it_comes_right_behind_the_login_windows_success() {
        let placed = with_ours(&list(&FRESH)).unwrap();
        assert_eq!(placed[2..4], ["loginwindow:success", MECHANISM]);
        assert_eq!(without_ours(&placed), FRESH);
    }

    #[test]
    fn placing_it_twice_changes_nothing() {
        let placed = with_ours(&list(&FRESH)).unwrap();
        assert_eq!(with_ours(&placed), Some(placed));
    }

    #[test]
    fn others_that_came_between_are_left_there() {
        let mut placed = with_ours(&list(&FRESH)).unwrap();
        placed.insert(3, "Other:thing,privileged".to_owned());
        assert_eq!(with_ours(&placed), Some(placed));
    }

    #[test]
    fn one_in_the_wrong_place_twice_or_by_another_name_is_put_right() {
        let right = with_ours(&list(&FRESH)).unwrap();
        for wrong in [
            vec![MECHANISM, FRESH[0], FRESH[1], FRESH[2], FRESH[3], FRESH[4]],
            vec![
                FRESH[0], FRESH[1], FRESH[2], MECHANISM, MECHANISM, FRESH[3], FRESH[4],
            ],
            vec![FRESH[0], FRESH[1], FRESH[2], "bestow:login", FRESH[3], FRESH[4]],
        ] {
            assert_eq!(with_ours(&list(&wrong)).as_ref(), Some(&right), "{wrong:?}");
        }
    }

    #[test]
    fn another_login_window_is_joined_at_its_end_or_not_at_all() {
        let other = list(&["Other:window", "Other:check,privileged", "loginwindow:done"]);
        let placed = with_ours(&other).unwrap();
        assert_eq!(placed[2..], [MECHANISM, "loginwindow:done"]);
        assert_eq!(with_ours(&placed), Some(placed));
        assert_eq!(with_ours(&list(&["Other:everything"])), None);
        assert_eq!(with_ours(&[]), None);
    }
}
