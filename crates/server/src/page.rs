//! Lists, a page at a time. A cursor names the last item of a page; what it is made of is nobody's business.

use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;
use wire::encoding::Bytes;

use crate::problem::Problem;

/// How many items a page has unless the caller says.
const USUAL_LIMIT: u32 = 50;

/// How many items a page has at most.
const HIGHEST_LIMIT: u32 = 500;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins; `null` on the last one.
    pub next_cursor: Option<String>,
}

/// How many items are wanted.
pub(crate) fn limit(asked: Option<u32>) -> Result<u32, Problem> {
    match asked {
        None => Ok(USUAL_LIMIT),
        Some(limit @ 1..=HIGHEST_LIMIT) => Ok(limit),
        Some(_) => Err(Problem::invalid("limit", "is a number from 1 to 500")),
    }
}

/// What a cursor names.
pub(crate) fn read_cursor<T: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<T>, Problem> {
    let Some(cursor) = cursor else {
        return Ok(None);
    };
    let json = Bytes::from_text(cursor).map_err(|_| not_ours())?;
    serde_json::from_slice(&json.0).map(Some).map_err(|_| not_ours())
}

fn not_ours() -> Problem {
    Problem::invalid("cursor", "comes from the `next_cursor` of an earlier page")
}

impl<T> Page<T> {
    /// A page of `limit` items out of `found`, which has one more when the list goes on. `place` tells what the cursor
    /// after an item names.
    pub(crate) fn cut<F, P: Serialize>(
        mut found: Vec<F>,
        limit: u32,
        place: impl Fn(&F) -> P,
        view: impl Fn(F) -> T,
    ) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let goes_on = found.len() > limit;
        found.truncate(limit);
        let last = found.last().filter(|_| goes_on);
        let next_cursor = last.map(|last| {
            let json = serde_json::to_vec(&place(last)).unwrap_or_default();
            Bytes(json).to_text()
        });
        Self {
            items: found.into_iter().map(view).collect(),
            next_cursor,
        }
    }
}
