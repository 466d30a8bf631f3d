//! The console in a real browser: a headless Chromium, the demo in a process of its own, and a person who reads labels
//! and presses buttons. These tests know what can be seen on the screen, and nothing of how pages are made.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod attention;
mod bulk;
mod choice;
mod create;
mod demo;
mod enrolment;
mod eyes;
mod grant;
mod hands;
mod keyboard;
mod policy_conflict;
mod refused;
mod screen;
mod service_account;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "shared with the end-to-end tests, which need more of it")]
mod support;
mod tour;
mod vault;

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures_util::FutureExt as _;

use demo::Demo;
use screen::{Screen, Scripts};

/// Lets a person sit down in front of a demo of `devices` Macs.
async fn in_front_of_a_demo(devices: u8, scripts: Scripts, person: impl AsyncFnOnce(&Screen, &Demo)) {
    let demo = Demo::start(Some(devices));
    let screen = Screen::open(scripts).await;
    screen.go(demo.sign_in_link()).await;
    with(screen, async |screen| person(screen, &demo).await).await;
}

/// Lets a person sit down in front of one page.
#[cfg(test)]
async fn in_front_of(page: &str, person: impl AsyncFnOnce(&Screen)) {
    let screen = Screen::open(Scripts::On).await;
    screen.go(page).await;
    with(screen, person).await;
}

/// Closes the browser however it ends.
async fn with(screen: Screen, person: impl AsyncFnOnce(&Screen)) {
    let ended = AssertUnwindSafe(person(&screen)).catch_unwind().await;
    screen.close().await;
    if let Err(panic) = ended {
        resume_unwind(panic);
    }
}
