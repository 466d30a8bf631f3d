//! mac-sys
