//! A walk through every page in every state. At each stop the page is looked at in light and dark, at three widths, for
//! what would be in the way of those who see little or use no mouse; and a picture is taken of it if anybody wants one:
//! with the variable `BESTOW_SCREENSHOTS` set to a folder, which `cargo xtask screenshots FOLDER` does.

mod actions;
mod bulk;
mod devices;
mod doors;
mod enrolment;
mod enrolment_data;
mod forms;
mod keys;
mod lists;
mod local_administrator;
mod people;
mod vault;

use std::fs;
use std::path::PathBuf;

use super::demo::Demo;
use super::eyes::{Scheme, WIDTHS};
use super::screen::{Screen, Scripts};
use super::with;

/// The walk, as far as it has come.
struct Tour<'a> {
    screen: &'a Screen,
    demo: &'a Demo,
    pictures: Option<PathBuf>,
    /// How many faults were found; each is printed.
    faults: usize,
}

impl Tour<'_> {
    /// Opens a page of the demo.
    async fn open(&self, path: &str) {
        self.screen.go(&format!("{}{path}", self.demo.url())).await;
    }

    /// Opens the page of a Mac.
    async fn open_mac(&self, name: &str) {
        self.open("/").await;
        self.screen.follow(name).await;
        self.screen.see("Device Summary").await;
    }

    /// Looks at what is shown.
    async fn stop(&mut self, place: &str) {
        for scheme in Scheme::ALL {
            for width in WIDTHS {
                self.screen.show(width, scheme).await;
                let here = format!("{place}-{width}-{}", scheme.word());
                for fault in self.screen.faults().await {
                    println!("{here}: {fault}");
                    self.faults += 1;
                }
                if let Some(folder) = &self.pictures {
                    let picture = self.screen.picture().await;
                    fs::write(folder.join(format!("{here}.png")), picture).unwrap();
                }
            }
        }
        self.screen.show_as_usual().await;
    }
}

#[tokio::test]
async fn every_page_can_be_read_at_every_width_in_light_and_dark() {
    let pictures = std::env::var_os("BESTOW_SCREENSHOTS").map(PathBuf::from);
    if let Some(folder) = &pictures {
        fs::create_dir_all(folder).unwrap();
    }
    let demo = Demo::start(None);
    let screen = Screen::open(Scripts::On).await;
    with(screen, async |screen| {
        let mut tour = Tour {
            screen,
            demo: &demo,
            pictures,
            faults: 0,
        };
        doors::walk_in(&mut tour).await;
        lists::walk(&mut tour).await;
        lists::walk_needs_attention(&mut tour).await;
        enrolment_data::walk(&mut tour).await;
        devices::walk(&mut tour).await;
        forms::walk(&mut tour).await;
        actions::walk(&mut tour).await;
        bulk::walk(&mut tour).await;
        lists::walk_history(&mut tour).await;
        local_administrator::want(&mut tour).await;
        enrolment::walk(&mut tour).await;
        keys::walk(&mut tour).await;
        vault::walk(&mut tour).await;
        local_administrator::walk(&mut tour).await;
        doors::walk_out(&mut tour).await;
        assert_eq!(tour.faults, 0, "faults were found");
    })
    .await;
}
