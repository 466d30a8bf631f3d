//! What takes more than one endpoint to show.

mod grant;
