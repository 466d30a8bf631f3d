//! Why something came to nothing, and what to do next.

use eframe::egui::{CornerRadius, Frame, Margin, RichText, Ui};
use jiff::tz::TimeZone;
use trust::time::Timestamp;

use super::style;
use crate::model::Failure;

/// Shows it.
pub(super) fn show(ui: &mut Ui, failure: &Failure, now: Timestamp) {
    let panel = Frame::new()
        .fill(style::behind_bad(ui))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::same(12));
    panel.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(
            RichText::new(format!("{}.", failure.title))
                .strong()
                .color(style::bad(ui)),
        );
        ui.label(&failure.cause);
        ui.label(&failure.fix);
        if let Some(at) = failure.retry_at.filter(|at| now < *at) {
            ui.label(RichText::new(format!("Try again after {}.", clock_time(at))).strong());
        }
        if let Some(code) = failure.code {
            ui.label(
                RichText::new(format!("Code: {code}. Your administrator can look it up."))
                    .small()
                    .color(style::faint(ui)),
            );
        }
    });
}

/// The time on the Mac's own clock; the second after it is safe.
fn clock_time(at: Timestamp) -> String {
    match jiff::Timestamp::from_millisecond(at.as_millis()) {
        Ok(moment) => {
            let local = moment.to_zoned(TimeZone::system());
            local.strftime("%H:%M:%S").to_string()
        }
        Err(_) => at.utc(),
    }
}
