//! The typeface: the system's own. None is shipped.

use std::fs;
use std::sync::Arc;

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily};

/// Where a typeface for text may lie, the first that is there is taken: on a Mac, and on the machines of those who develop.
const PLACES: [&str; 4] = [
    "/System/Library/Fonts/SFNS.ttf",
    "/System/Library/Fonts/Helvetica.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
];

/// Has the window write with the system's typeface. Without one nothing can be read, but everything else goes on.
pub fn install(window: &Context) {
    let Some(file) = PLACES.iter().find_map(|place| fs::read(place).ok()) else {
        return;
    };
    let mut fonts = FontDefinitions::empty();
    let name = "system".to_owned();
    fonts
        .font_data
        .insert(name.clone(), Arc::new(FontData::from_owned(file)));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.entry(family).or_default().push(name.clone());
    }
    window.set_fonts(fonts);
}
