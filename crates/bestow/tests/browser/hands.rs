//! A keyboard, and where its keys go.

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde::Deserialize;

use super::screen::Screen;

/// What has the keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Focused {
    /// What people call it.
    pub name: String,
    /// Whether a ring shows that it has the keyboard.
    pub has_ring: bool,
    /// Whether it is in the window.
    pub is_in_view: bool,
}

/// Finds what has the keyboard; `null` when nothing has.
const FOCUSED: &str = r#"
const element = document.activeElement;
if (!element || element === document.body) {
  return null;
}
const style = getComputedStyle(element);
const box = element.getBoundingClientRect();
const label = element.labels?.[0]?.textContent ?? element.ariaLabel ?? element.textContent;
return {
  name: label.trim().replace(/\s+/g, " "),
  has_ring: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2,
  is_in_view: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
};
"#;

impl Screen {
    /// Presses a key.
    pub async fn key(&self, key: Key) {
        self.keys(&[char::from(key)]).await;
    }

    /// Types into whatever has the keyboard.
    pub async fn type_in(&self, text: &str) {
        self.keys(&text.chars().collect::<Vec<_>>()).await;
    }

    /// What has the keyboard.
    pub async fn focused(&self) -> Option<Focused> {
        serde_json::from_value(self.run(FOCUSED).await).unwrap()
    }

    /// Goes on by the tabulator until something of this name has the keyboard.
    pub async fn tab_to(&self, name: &str) {
        let mut passed = Vec::new();
        while passed.len() < 100 {
            self.key(Key::Tab).await;
            match self.focused().await {
                Some(focused) if focused.name == name => return,
                focused => passed.push(focused.map(|focused| focused.name)),
            }
        }
        panic!("{name:?} was not reached: {passed:?}");
    }

    /// Goes one step back by the tabulator.
    pub async fn tab_back(&self) {
        let (shift, tab) = (char::from(Key::Shift), char::from(Key::Tab));
        let typed = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: shift })
            .then(KeyAction::Down { value: tab })
            .then(KeyAction::Up { value: tab })
            .then(KeyAction::Up { value: shift });
        self.client().perform_actions(typed).await.unwrap();
    }

    async fn keys(&self, keys: &[char]) {
        let mut typed = KeyActions::new("keyboard".to_owned());
        for &value in keys {
            typed = typed
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
        }
        self.client().perform_actions(typed).await.unwrap();
    }
}
