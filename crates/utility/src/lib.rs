//! "Bestow Service Account": the app with which the person at a Mac's screen has its service account made, or made whole.
//!
//! * [`model`]: what there is to show and what may be done, without a window and without an agent;
//! * [`view`]: the window;
//! * [`agent`]: whom it asks; [`app`]: the three of them together.
//!
//! The app has no rights. It decides nothing about tokens and starts no process; the agent does what it asks for, or says why
//! not.

pub mod agent;
pub mod app;
pub mod font;
pub mod model;
pub mod view;
