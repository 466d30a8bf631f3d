//! An account is chosen and its password typed.

use eframe::egui::{Align, Button, ComboBox, Key, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};
use trust::time::Timestamp;

use super::password_field::Masked;
use super::{Wish, failure, style};
use crate::model::Form;

/// How much of the list of accounts is seen at a time, in points.
const LIST: f32 = 300.0;

/// Shows the form. Return in the password field does what the button does.
pub(super) fn show(ui: &mut Ui, form: &mut Form, now: Timestamp) -> Option<Wish> {
    // Whatever there is to say, the button stays in sight.
    let room = ui.available_height() - 2.0 * style::GAP - ui.spacing().interact_size.y;
    let area = ScrollArea::vertical().max_height(room).auto_shrink([false, true]);
    let scrolled = area.show(ui, |ui| {
        ui.label(
            "This Mac needs its service account, so that everybody who uses it can unlock its disk. Choose an administrator \
             who has a Secure Token, and type that account's password.",
        );
        ui.add_space(style::GAP);
        account(ui, form);
        ui.add_space(style::GAP);
        let pressed = password(ui, form);
        if let Some(failure) = form.failure() {
            ui.add_space(style::GAP);
            failure::show(ui, failure, now);
        }
        pressed
    });
    ui.add_space(style::GAP);
    let clicked = submit(ui, form, now);
    (scrolled.inner || clicked).then_some(Wish::Submit)
}

fn account(ui: &mut Ui, form: &mut Form) {
    let name = ui.label(RichText::new("Account").strong());
    let chosen = form
        .chosen()
        .map(|chosen| chosen.label.clone())
        .unwrap_or_default();
    let mut picked = None;
    let width = ui.available_width();
    let list = ComboBox::from_id_salt("account")
        .selected_text(chosen.as_str())
        .width(width)
        .height(LIST)
        .truncate()
        .show_ui(ui, |ui| {
            ui.set_max_width(width - 2.0 * style::GAP);
            for (place, choice) in form.accounts().iter().enumerate() {
                let is_chosen = form.chosen() == Some(choice);
                let line = Button::selectable(is_chosen, choice.label.as_str()).wrap();
                if ui.add(line).clicked() {
                    picked = Some(place);
                }
            }
        });
    // A name that is too long for the window is there in full on asking.
    list.response.labelled_by(name.id).on_hover_text(chosen);
    if let Some(place) = picked {
        form.choose(place);
    }
}

/// Answers whether Return was pressed.
fn password(ui: &mut Ui, form: &mut Form) -> bool {
    let name = ui.label(RichText::new("Password").strong());
    let mut masked = Masked(&mut form.password);
    let field = TextEdit::singleline(&mut masked)
        .password(true)
        .margin(vec2(10.0, 7.0))
        .desired_width(f32::INFINITY);
    let field = ui.add(field).labelled_by(name.id);
    let nothing_has_the_keyboard = ui.memory(|memory| memory.focused().is_none());
    let pressed = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if pressed || nothing_has_the_keyboard {
        field.request_focus();
    }
    pressed
}

/// Answers whether the button was pressed.
fn submit(ui: &mut Ui, form: &Form, now: Timestamp) -> bool {
    ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
        let is_complete = form.is_complete(now);
        let mut text = RichText::new("Create Account").strong();
        if is_complete {
            text = text.color(style::on_accent(ui));
        }
        let mut button = Button::new(text);
        if is_complete {
            button = button.fill(style::accent(ui));
        }
        ui.add_enabled(is_complete, button).clicked()
    })
    .inner
}
