//! Lines of the vault by themselves, whether a device of theirs is there or not. A page of a list is read along an index.

use sqlx::any::AnyRow;
use trust::escrow::{EscrowKind, Standing};
use trust::id::{DeviceId, OrganizationId};

use super::Line;
use super::read::read_standing;
use crate::row::Row;
use crate::{Result, Store};

/// A line, with what is known of its Mac.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLine {
    /// The serial number of the Mac.
    pub serial_number: String,
    /// What is kept in it.
    pub kind: EscrowKind,
    /// The device that it was last of; it may be gone.
    pub device_id: DeviceId,
    /// Whether a device of the serial number is there.
    pub has_device: bool,
    /// How the Mac was called when it was forgotten last.
    pub device_name: Option<String>,
    /// Where the line stands.
    pub standing: Standing,
}

impl KeptLine {
    /// The line's name in the vault of its organisation.
    pub fn line(&self, organization_id: OrganizationId) -> Line<'_> {
        Line {
            organization_id,
            serial_number: &self.serial_number,
            kind: self.kind,
        }
    }
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Only lines of whose serial number no device is there.
    pub without_device: bool,
    /// Only lines that come after that of this serial number and kind.
    pub after: Option<(String, String)>,
    /// At most so many.
    pub limit: u32,
}

const EVERY: &str = "SELECT * FROM escrow_standing WHERE organization_id = $1 \
     AND (serial_number > $2 OR (serial_number = $2 AND kind > $3)) AND serial_number >= $2 \
     ORDER BY serial_number, kind LIMIT $4";

const WITHOUT_DEVICE: &str = "SELECT * FROM escrow_standing WHERE organization_id = $1 AND has_device = 0 \
     AND (serial_number > $2 OR (serial_number = $2 AND kind > $3)) AND serial_number >= $2 \
     ORDER BY serial_number, kind LIMIT $4";

/// Lines of an organisation in the order of their serial numbers.
pub async fn list(store: &Store, organization_id: OrganizationId, page: &Page) -> Result<Vec<KeptLine>> {
    let statement = if page.without_device {
        WITHOUT_DEVICE
    } else {
        EVERY
    };
    let (serial_number, kind) = page.after.clone().unwrap_or_default();
    let rows = sqlx::query(statement)
        .bind(organization_id.to_string())
        .bind(serial_number)
        .bind(kind)
        .bind(i64::from(page.limit))
        .fetch_all(store.readers())
        .await?;
    rows.iter().map(read).collect()
}

/// One line; `None` when nothing ever happened to it.
pub async fn find(store: &Store, line: Line<'_>) -> Result<Option<KeptLine>> {
    let row = sqlx::query(
        "SELECT * FROM escrow_standing WHERE organization_id = $1 AND serial_number = $2 AND kind = $3",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .bind(line.kind.word())
    .fetch_optional(store.readers())
    .await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<KeptLine> {
    let row = Row::new("escrow_standing", row);
    Ok(KeptLine {
        serial_number: row.text("serial_number")?,
        kind: row.word("kind", EscrowKind::from_word)?,
        device_id: row.id("device_id")?,
        has_device: row.flag("has_device")?,
        device_name: row.optional_text("device_name")?,
        standing: read_standing(row)?,
    })
}
