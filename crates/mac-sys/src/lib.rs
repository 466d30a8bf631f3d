//! What Bestow needs of Apple's frameworks: the System keychain.
//!
//! Everything here exists on macOS only; elsewhere the crate is empty, so that what depends on it still builds. It holds
//! no logic: it opens, reads, writes and says what the framework said. It must never know what a password is for. Should
//! `unsafe` ever be needed on this side of the login plug-in, it lives here; so far the bindings are safe.
//!
//! * `system_keychain::get`, `set` and `delete` handle one password of the keychain that belongs to the Mac itself.

#[cfg(target_os = "macos")]
pub mod system_keychain;
