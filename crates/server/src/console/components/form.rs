//! What every form carries that changes something.

use maud::{Markup, html};

use crate::console::Visitor;
use crate::console::form_token::{self, FormToken};

/// The name of the hidden field with the request's key.
pub(crate) const KEY: &str = "idempotency_key";

/// The hidden fields of a form: that it comes from a page of this session, and which request it is, so that a second
/// click changes nothing. `key` is a fresh one for each page.
pub(crate) fn stamp(visitor: &Visitor, key: &str) -> Markup {
    html! {
        input type="hidden" name=(form_token::FIELD) value=[visitor.form_token.as_ref().map(FormToken::as_str)];
        input type="hidden" name=(KEY) value=(key);
    }
}
