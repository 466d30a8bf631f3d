//! Reading a row's columns as what they mean. A value that makes no sense names its table and column.

use newtype_uuid::{TypedUuid, TypedUuidKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use trust::time::Timestamp;

use crate::{Result, StoreError};

/// One row of `table`.
#[derive(Clone, Copy)]
pub(crate) struct Row<'r> {
    table: &'static str,
    row: &'r AnyRow,
}

impl<'r> Row<'r> {
    pub(crate) fn new(table: &'static str, row: &'r AnyRow) -> Self {
        Self { table, row }
    }

    pub(crate) fn text(self, column: &'static str) -> Result<String> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn optional_text(self, column: &'static str) -> Result<Option<String>> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn bytes(self, column: &'static str) -> Result<Vec<u8>> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn optional_bytes(self, column: &'static str) -> Result<Option<Vec<u8>>> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn number(self, column: &'static str) -> Result<i64> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn optional_number(self, column: &'static str) -> Result<Option<i64>> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn count(self, column: &'static str) -> Result<u64> {
        u64::try_from(self.number(column)?).map_err(|_| self.inconsistent(column))
    }

    /// A number of at most 32 bits.
    pub(crate) fn small(self, column: &'static str) -> Result<u32> {
        u32::try_from(self.number(column)?).map_err(|_| self.inconsistent(column))
    }

    /// A number of at most 32 bits that may be absent.
    pub(crate) fn optional_small(self, column: &'static str) -> Result<Option<u32>> {
        self.optional_number(column)?
            .map(|number| u32::try_from(number).map_err(|_| self.inconsistent(column)))
            .transpose()
    }

    pub(crate) fn flag(self, column: &'static str) -> Result<bool> {
        Ok(self.number(column)? != 0)
    }

    pub(crate) fn optional_flag(self, column: &'static str) -> Result<Option<bool>> {
        Ok(self.optional_number(column)?.map(|number| number != 0))
    }

    pub(crate) fn time(self, column: &'static str) -> Result<Timestamp> {
        Ok(Timestamp(self.number(column)?))
    }

    pub(crate) fn optional_time(self, column: &'static str) -> Result<Option<Timestamp>> {
        let millis: Option<i64> = self.row.try_get(column)?;
        Ok(millis.map(Timestamp))
    }

    pub(crate) fn id<K: TypedUuidKind>(self, column: &'static str) -> Result<TypedUuid<K>> {
        self.text(column)?.parse().map_err(|_| self.inconsistent(column))
    }

    pub(crate) fn optional_id<K: TypedUuidKind>(self, column: &'static str) -> Result<Option<TypedUuid<K>>> {
        self.optional_text(column)?
            .map(|text| text.parse().map_err(|_| self.inconsistent(column)))
            .transpose()
    }

    /// A value that is kept as a word.
    pub(crate) fn word<T>(self, column: &'static str, parse: fn(&str) -> Option<T>) -> Result<T> {
        parse(&self.text(column)?).ok_or_else(|| self.inconsistent(column))
    }

    /// A value that may be absent and is kept as a word.
    pub(crate) fn optional_word<T>(
        self,
        column: &'static str,
        parse: fn(&str) -> Option<T>,
    ) -> Result<Option<T>> {
        self.optional_text(column)?
            .map(|text| parse(&text).ok_or_else(|| self.inconsistent(column)))
            .transpose()
    }

    /// A value that is kept as JSON.
    pub(crate) fn json<T: DeserializeOwned>(self, column: &'static str) -> Result<T> {
        serde_json::from_str(&self.text(column)?).map_err(|_| self.inconsistent(column))
    }

    /// A value that may be absent and is kept as JSON.
    pub(crate) fn optional_json<T: DeserializeOwned>(self, column: &'static str) -> Result<Option<T>> {
        self.optional_text(column)?
            .map(|text| serde_json::from_str(&text).map_err(|_| self.inconsistent(column)))
            .transpose()
    }

    pub(crate) fn inconsistent(self, column: &'static str) -> StoreError {
        StoreError::Inconsistent {
            table: self.table,
            column,
        }
    }
}

/// `value` as JSON, for a column.
pub(crate) fn to_json<T: Serialize>(what: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|source| StoreError::Json { what, source })
}
