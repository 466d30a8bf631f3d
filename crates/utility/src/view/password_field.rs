//! The password as a text field edits it.

use std::any::TypeId;
use std::ops::Range;

use eframe::egui::TextBuffer;
use eframe::egui::text::CharIndex;

use crate::model::Password;

/// Shows a text field the mask alone: it keeps copies of its text, for undoing and for drawing, which nobody wipes.
pub(super) struct Masked<'a>(pub(super) &'a mut Password);

impl TextBuffer for Masked<'_> {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        self.0.mask()
    }

    fn insert_text(&mut self, text: &str, place: CharIndex) -> usize {
        self.0.insert(place.0, text)
    }

    fn delete_char_range(&mut self, places: Range<CharIndex>) {
        self.0.remove(places.start.0..places.end.0);
    }

    /// Called to undo and to redo, with a mask that was shown before: what stood behind it is not known any more.
    fn replace_with(&mut self, _: &str) {
        self.0.clear();
    }

    fn type_id(&self) -> TypeId {
        TypeId::of::<Masked<'static>>()
    }
}
