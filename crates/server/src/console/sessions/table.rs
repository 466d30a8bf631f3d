//! A table of sessions.

use maud::{Markup, html};
use store::session::Listed;
use trust::id::SessionId;

use crate::console::Visitor;
use crate::console::components::{Table, Tone, badge, moment, stamp};

/// Sessions, each with a button that ends it where `end` tells to which address. The reader's own one is ended by signing out.
pub(in crate::console) fn table(
    sessions: &[Listed],
    visitor: &Visitor,
    key: &str,
    end: impl Fn(SessionId) -> Option<String>,
) -> Markup {
    let row = |session: &Listed| {
        let is_own = visitor.caller.session_id == Some(session.id);
        vec![
            html! { span.mono { (session.person) } },
            html! { (session.address.as_deref().unwrap_or("–")) },
            moment(session.created_at),
            moment(session.expires_at),
            html! {
                @if is_own {
                    (badge(Tone::Idle, "this one"))
                } @else if let Some(address) = end(session.id) {
                    form method="post" action=(address) {
                        (stamp(visitor, &format!("{key}-{}", session.id)))
                        button.small type="submit" {
                            "End" span.spoken { " the session of " (session.person) " from " (session.address.as_deref().unwrap_or("an unknown address")) }
                        }
                    }
                }
            },
        ]
    };
    let table = Table {
        label: "Sessions",
        columns: &["Person", "From", "Since", "Until", "Sign out"],
        short: true,
        rows: sessions.iter().map(row).collect(),
    };
    table.render()
}
