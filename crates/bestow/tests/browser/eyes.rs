//! How a page looks: at a width, in light or dark, and to those who see little or use no mouse.

use fantoccini::wd::WebDriverCompatibleCommand;
use reqwest::{Method, Url};
use serde_json::{Value, json};

use super::screen::Screen;

/// Widths of windows: the narrowest on which people read without scrolling sideways (WCAG 1.4.10), a tablet, a computer.
pub const WIDTHS: [u32; 3] = [320, 768, 1280];

/// Height of a window before the whole page is shown.
const HEIGHT: u64 = 900;

/// The greatest height that a picture is taken of.
const GREATEST_HEIGHT: u64 = 8_000;

/// What a reader prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Its word, as in CSS.
    pub fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Screen {
    /// Shows the whole page, however long it is, in a window of this width.
    pub async fn show(&self, width: u32, scheme: Scheme) {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme.word() });
        self.tell("Emulation.setEmulatedMedia", json!({ "features": [feature] }))
            .await;
        // As on telephones, a scroll bar takes no room.
        self.tell("Emulation.setScrollbarsHidden", json!({ "hidden": true }))
            .await;
        self.resize(width, HEIGHT).await;
        let height = self.run("return document.documentElement.scrollHeight").await;
        let height = height.as_u64().unwrap().clamp(HEIGHT, GREATEST_HEIGHT);
        self.resize(width, height).await;
    }

    /// Shows pages as usual again.
    pub async fn show_as_usual(&self) {
        self.tell("Emulation.clearDeviceMetricsOverride", json!({})).await;
    }

    /// What is in the way of those who see little or use no mouse, a sentence each.
    pub async fn faults(&self) -> Vec<String> {
        let found = self.run(include_str!("accessibility.js")).await;
        serde_json::from_value(found).unwrap()
    }

    async fn resize(&self, width: u32, height: u64) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.tell("Emulation.setDeviceMetricsOverride", size).await;
    }

    async fn tell(&self, command: &'static str, parameters: Value) {
        let told = DevTools { command, parameters };
        self.client().issue_cmd(told).await.unwrap();
    }
}

/// A command of the browser's developer tools.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as std::str::FromStr>::Err> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.parameters });
        (Method::POST, Some(body.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use crate::in_front_of;

    /// A page with one fault of each kind.
    const FAULTY: &str = "data:text/html,<body style='background:white'><h1>One</h1><h1>Two</h1><h3>Deep</h3>\
        <p style='color:%23999'>pale</p><p style='font-size:9px'>tiny</p><p>run `it`</p><input id=a><input id=a>\
        <button></button><a href='%23nowhere'>part</a><img src='data:,'><ul><p>no item</p></ul>\
        <svg width=9 height=9></svg><div style='width:5000px'>wide</div><nav></nav>\
        <section aria-label=s></section><section aria-label=s></section>\
        <table><tr><th>cell</th></tr></table><div tabindex=3>first</div>";

    #[tokio::test]
    async fn the_check_finds_what_is_wrong() {
        in_front_of(FAULTY, async |screen| {
            let faults = screen.faults().await.join("\n");
            for fault in [
                "text has a contrast of 2.8",
                "text of 9 px is too small",
                "shows a raw backtick",
                "has no name",
                "has 0 labels",
                "the id a stands twice",
                "leads to a part that is not there",
                "there are 0 main parts",
                "there are 2 first headings",
                "there are 0 languages",
                "the page has no title",
                "stands outside of every landmark",
                "follows a heading of level 1",
                "is a picture without words",
                "stands in a list and is no item",
                "does not say what it is the heading of",
                "is a navigation without a name",
                "the landmark region s stands twice",
                "px wide in a window of",
                "too small to hit",
            ] {
                assert!(faults.contains(fault), "{fault} was not found:\n{faults}");
            }
        })
        .await;
    }
}
