//! An address as a QR code, for the camera of a phone.

use std::fmt::Write as _;

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// The quiet zone that readers need around a code, in modules.
const QUIET: i32 = 4;

/// The code as a drawing, dark on light whatever the page is; nothing for a text that no code holds.
pub(crate) fn qr(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return html! {};
    };
    let width = code.size() + 2 * QUIET;
    html! {
        svg.qr role="img" aria-label=(label) viewBox={ "0 0 " (width) " " (width) } shape-rendering="crispEdges" {
            rect width=(width) height=(width) fill="#fff" {}
            path d=(modules(&code)) fill="#000" {}
        }
    }
}

/// Every dark module as a square of a path.
fn modules(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // A `String` takes whatever is written to it.
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a drawing as a camera would, eight pixels for each module.
    fn read(drawing: &str) -> Option<String> {
        const SCALE: usize = 8;
        let after = |mark: &str| drawing.split(mark).nth(1)?.split('"').next();
        let width: usize = after("viewBox=\"0 0 ")?.split(' ').next()?.parse().ok()?;
        let dark: Vec<(usize, usize)> = after("path d=\"")?
            .split('M')
            .filter_map(|square| {
                let (x, rest) = square.split_once(' ')?;
                Some((x.parse().ok()?, rest.split('h').next()?.parse().ok()?))
            })
            .collect();
        let mut picture =
            rqrr::PreparedImage::prepare_from_greyscale(width * SCALE, width * SCALE, |x, y| {
                if dark.contains(&(x / SCALE, y / SCALE)) {
                    0
                } else {
                    255
                }
            });
        let grids = picture.detect_grids();
        let (_, text) = grids.first()?.decode().ok()?;
        Some(text)
    }

    #[test]
    fn a_camera_reads_the_address() {
        let address = "https://bestow.example.com:8443/recovery/bestow_recovery_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
        assert_eq!(
            read(&qr(address, "the page").into_string()).as_deref(),
            Some(address)
        );
    }

    #[test]
    fn what_no_code_holds_is_not_drawn() {
        assert_eq!(qr(&"x".repeat(5_000), "much").into_string(), "");
    }
}
