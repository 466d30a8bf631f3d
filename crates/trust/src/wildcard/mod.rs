//! Wildcards: words between percent signs that stand for what is known of each Mac and the person who uses it.
//!
//! One rule holds for every name. A text is a *template* when it contains `%word%`; in a template each word stands for its
//! value and `%%` for one `%`. Any other text is taken byte for byte, also one with a lone `%`. A password that somebody
//! typed is never a template: what stands for a password is said in a field of its own.
//!
//! Values of secret words (`%password%`, and attributes that the organisation declared secret) are not here: the server
//! cannot read them. They may stand in the place of a password only, and only alone; what comes out then is the name of
//! the attribute whose collected secret is meant.

mod field;
mod templated;
mod text;
mod unresolved;
mod values;
mod word;

pub use field::Field;
pub use templated::{NotTemplated, Templated};
pub use text::{escape, is_one_wildcard, is_template, named_words};
pub use unresolved::{Unresolved, Why};
pub use values::{AttributeKind, ResolvedSecret, Values};
pub use word::Word;
