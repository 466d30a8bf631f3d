//! The console in a real browser: a headless Chromium, the demo in a process of its own, and a person who reads labels
//! and presses buttons. These tests know what can be seen on the screen, and nothing of how pages are made.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "../support/child.rs"]
#[expect(dead_code, reason = "shared with the end-to-end tests, which need more of it")]
mod child;
mod create;
mod demo;
mod grant;
mod refused;
mod screen;
#[path = "../support/wait.rs"]
mod wait;

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures_util::FutureExt as _;

use demo::Demo;
use screen::{Screen, Scripts};

/// Lets a person sit down in front of a demo of `devices` Macs. The browser is closed however it ends.
async fn in_front_of_a_demo(devices: u8, scripts: Scripts, person: impl AsyncFnOnce(&Screen, &Demo)) {
    let demo = Demo::start(devices);
    let screen = Screen::open(&demo, scripts).await;
    let ended = AssertUnwindSafe(person(&screen, &demo)).catch_unwind().await;
    screen.close().await;
    if let Err(panic) = ended {
        resume_unwind(panic);
    }
}
