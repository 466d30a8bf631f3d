//! Colours and measures, light and dark.

use eframe::egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Frame, Margin, Stroke, Style, TextStyle, Theme, Ui,
    vec2,
};

/// Between two parts of the window, in points.
pub(super) const GAP: f32 = 10.0;

/// The space around everything.
const MARGIN: i8 = 24;

/// What is pressed next, light and dark.
const ACCENT: (Color32, Color32) = (Color32::from_rgb(0, 88, 190), Color32::from_rgb(90, 165, 255));

/// Sets up the window's style, for both appearances.
pub fn style(window: &Context) {
    for theme in [Theme::Light, Theme::Dark] {
        window.style_mut_of(theme, |style| {
            for (text, size) in [
                (TextStyle::Heading, 22.0),
                (TextStyle::Body, 14.5),
                (TextStyle::Button, 14.5),
                (TextStyle::Small, 12.0),
            ] {
                let font = FontId::new(size, FontFamily::Proportional);
                style.text_styles.insert(text, font);
            }
            style.spacing.button_padding = vec2(12.0, 7.0);
            style.spacing.item_spacing = vec2(8.0, 6.0);
            style.spacing.interact_size.y = 32.0;
            let visuals = &mut style.visuals;
            let (paper, ink, line, accent) = match theme {
                Theme::Light => (
                    Color32::from_gray(250),
                    Color32::from_gray(30),
                    Color32::from_gray(140),
                    ACCENT.0,
                ),
                Theme::Dark => (
                    Color32::from_gray(30),
                    Color32::from_gray(230),
                    Color32::from_gray(120),
                    ACCENT.1,
                ),
            };
            visuals.panel_fill = paper;
            visuals.override_text_color = Some(ink);
            visuals.selection.stroke = Stroke::new(2.0, accent);
            let widgets = &mut visuals.widgets;
            // What can be filled in is seen to be a field, whatever stands in it.
            widgets.inactive.bg_stroke = Stroke::new(1.0, line);
            widgets.hovered.bg_stroke = Stroke::new(1.0, accent);
            for widget in [
                &mut widgets.noninteractive,
                &mut widgets.inactive,
                &mut widgets.hovered,
                &mut widgets.active,
                &mut widgets.open,
            ] {
                widget.corner_radius = CornerRadius::same(7);
            }
        });
    }
}

/// The frame around everything in the window.
pub fn frame(style: &Style) -> Frame {
    Frame::central_panel(style).inner_margin(Margin::same(MARGIN))
}

/// What is pressed next.
pub(super) fn accent(ui: &Ui) -> Color32 {
    by_appearance(ui, ACCENT.0, ACCENT.1)
}

/// Text on [`accent`].
pub(super) fn on_accent(ui: &Ui) -> Color32 {
    by_appearance(ui, Color32::WHITE, Color32::from_gray(15))
}

/// A good end.
pub(super) fn good(ui: &Ui) -> Color32 {
    by_appearance(
        ui,
        Color32::from_rgb(0, 100, 45),
        Color32::from_rgb(110, 220, 150),
    )
}

/// Something went wrong.
pub(super) fn bad(ui: &Ui) -> Color32 {
    by_appearance(
        ui,
        Color32::from_rgb(165, 20, 20),
        Color32::from_rgb(255, 150, 140),
    )
}

/// Behind what went wrong.
pub(super) fn behind_bad(ui: &Ui) -> Color32 {
    by_appearance(
        ui,
        Color32::from_rgb(253, 236, 234),
        Color32::from_rgb(62, 32, 30),
    )
}

/// What matters less.
pub(super) fn faint(ui: &Ui) -> Color32 {
    by_appearance(ui, Color32::from_gray(90), Color32::from_gray(175))
}

fn by_appearance(ui: &Ui, light: Color32, dark: Color32) -> Color32 {
    match ui.visuals().dark_mode {
        true => dark,
        false => light,
    }
}
