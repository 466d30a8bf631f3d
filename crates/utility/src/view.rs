//! The window.

mod failure;
mod form;
mod password_field;
mod style;

use eframe::egui::{Align, Layout, RichText, Spinner, Ui};
use trust::time::Timestamp;

use crate::model::Model;

pub use style::{frame, style};

/// How large the window is at first, in points.
pub const SIZE: [f32; 2] = [520.0, 580.0];

/// How small it can be made.
pub const SMALLEST: [f32; 2] = [400.0, 320.0];

/// What somebody wishes for in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// That the account is made.
    Submit,
    /// That the agent is asked again.
    AskAgain,
    /// That the window closes.
    Close,
}

/// Shows the model once.
pub fn show(ui: &mut Ui, model: &mut Model, now: Timestamp) -> Option<Wish> {
    ui.heading("Bestow Service Account");
    ui.add_space(style::GAP);
    match model {
        Model::Asking => {
            busy(ui, "Asking how the service account of this Mac stands \u{2026}");
            None
        }
        Model::NotNeeded { title, .. } => {
            ui.label(RichText::new(title.as_str()).strong());
            ui.add_space(style::GAP);
            ui.label("There is nothing to be done here. This window closes by itself.");
            button_below(ui, "Close", Wish::Close)
        }
        Model::Choosing(form) => form::show(ui, form, now),
        Model::Working { form, begun } => {
            if let Some(chosen) = form.chosen() {
                ui.label(format!("With the help of {}.", chosen.record_name));
                ui.add_space(style::GAP);
            }
            busy(
                ui,
                match begun {
                    true => "Creating the service account. This can take a minute \u{2026}",
                    false => "Waiting until Bestow has time \u{2026}",
                },
            );
            None
        }
        Model::Done(code) => {
            let entry = code.entry();
            ui.label(
                RichText::new(format!("{}.", entry.title))
                    .strong()
                    .color(style::good(ui)),
            );
            ui.add_space(style::GAP);
            ui.label("You are done here. Thank you.");
            button_below(ui, "Close", Wish::Close)
        }
        Model::Failed(failure) => {
            failure::show(ui, failure, now);
            button_below(ui, "Ask Again", Wish::AskAgain)
        }
    }
}

fn busy(ui: &mut Ui, what: &str) {
    ui.horizontal(|ui| {
        ui.add(Spinner::new().color(style::accent(ui)));
        ui.label(what);
    });
}

fn button_below(ui: &mut Ui, name: &str, wish: Wish) -> Option<Wish> {
    ui.add_space(2.0 * style::GAP);
    let row = Layout::right_to_left(Align::TOP);
    let clicked = ui.with_layout(row, |ui| ui.button(name).clicked()).inner;
    clicked.then_some(wish)
}
