//! The id of an action, as it is typed.

use trust::id::ActionId;

/// Reads an id.
pub fn action_id(text: &str) -> Result<ActionId, String> {
    text.trim().parse().map_err(|_| {
        "an action is named by its whole id, such as 01890a5d-ac96-774b-bcce-b302099a8057; 'bestow actions' lists them"
            .to_owned()
    })
}
