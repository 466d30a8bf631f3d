//! The body of a form with a file in it (`multipart/form-data`, RFC 7578), which may hold secrets.

use std::ops::Range;

use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use zeroize::Zeroizing;

use super::{body, csv};
use crate::problem::Problem;

const TYPE: &str = "multipart/form-data";

/// The longest body that is read, in bytes: a table, and what stands around it.
const LONGEST: usize = csv::LONGEST + body::LONGEST;

/// How many fields are read at most.
const MOST_FIELDS: usize = 50;

/// The fields of a form and its files, zeroised when they are dropped. It has no `Debug`.
pub(crate) struct SecretUpload {
    bytes: Zeroizing<Vec<u8>>,
    fields: Vec<Field>,
}

/// A field, and where its contents are.
#[derive(Debug, PartialEq, Eq)]
struct Field {
    name: String,
    contents: Range<usize>,
}

impl SecretUpload {
    /// What was filled in for a field that is not secret, without the blanks around it; empty when there is none.
    pub(crate) fn text(&self, name: &str) -> String {
        let text = std::str::from_utf8(self.contents(name)).unwrap_or_default();
        text.trim().to_owned()
    }

    /// Whether a box was ticked.
    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    /// What stands in a file; empty when none was chosen.
    pub(crate) fn contents(&self, name: &str) -> &[u8] {
        let field = self.fields.iter().find(|field| field.name == name);
        field.map_or(&[], |field| &self.bytes[field.contents.clone()])
    }
}

impl<S: Sync> FromRequest<S> for SecretUpload {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let boundary = boundary(&parts.headers).ok_or_else(|| {
            Problem::invalid("content-type", "is `multipart/form-data` with a boundary")
                .with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE)
        })?;
        let bytes = body::read(body, &parts.headers, LONGEST).await?;
        let fields =
            fields(&bytes, &boundary).ok_or_else(|| Problem::invalid("body", "is `multipart/form-data`"))?;
        Ok(Self { bytes, fields })
    }
}

/// What separates the fields, as the content type tells.
fn boundary(headers: &HeaderMap) -> Option<String> {
    if !body::is_of_type(headers, TYPE) {
        return None;
    }
    let parameters = headers.get(CONTENT_TYPE)?.to_str().ok()?.split(';').skip(1);
    let mut named = parameters.filter_map(|parameter| parameter.trim().strip_prefix("boundary="));
    let boundary = named.next()?.trim_matches('"');
    (1..=70).contains(&boundary.len()).then(|| boundary.to_owned())
}

/// The fields of a body, in their order; `None` when it is malformed.
fn fields(body: &[u8], boundary: &str) -> Option<Vec<Field>> {
    let first = format!("--{boundary}");
    let separator = format!("\r\n{first}");
    let mut fields = Vec::new();
    let mut at = body.starts_with(first.as_bytes()).then_some(first.len())?;
    while !body[at..].starts_with(b"--") {
        if fields.len() == MOST_FIELDS || !body[at..].starts_with(b"\r\n") {
            return None;
        }
        // The line break before it is that of a field without headers.
        let head_end = at + find(&body[at..], b"\r\n\r\n")?;
        let begin = head_end + 4;
        let end = begin + find(&body[begin..], separator.as_bytes())?;
        fields.push(Field {
            name: name(std::str::from_utf8(&body[at..head_end]).ok()?)?.to_owned(),
            contents: begin..end,
        });
        at = end + separator.len();
    }
    Some(fields)
}

/// The name that a field's headers tell. Browsers write quotation marks in names as `%22`.
fn name(head: &str) -> Option<&str> {
    let disposition = head.split("\r\n").find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    disposition.split_once("; name=\"")?.1.split('"').next()
}

/// Where `part` begins in `bytes`.
fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let begins = |at: &usize| bytes[*at..].starts_with(part);
    let mut from = 0;
    while let Some(step) = bytes[from..].iter().position(|byte| *byte == part[0]) {
        let at = from + step;
        if begins(&at) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(body: &str) -> Option<SecretUpload> {
        let bytes = Zeroizing::new(body.as_bytes().to_vec());
        let fields = fields(&bytes, "x1")?;
        Some(SecretUpload { bytes, fields })
    }

    #[test]
    fn fields_and_files_are_what_a_browser_meant() {
        let upload = upload(
            "--x1\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\n a reason \r\n\
             --x1\r\ncontent-disposition: form-data; name=\"table\"; filename=\"a; name=.csv\"\r\n\
             Content-Type: text/csv\r\n\r\na,b\r\n--x,\r\n\r\n\r\n\
             --x1\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--x1--\r\n",
        )
        .unwrap();
        assert_eq!(upload.text("reason"), "a reason");
        assert_eq!(upload.contents("table"), b"a,b\r\n--x,\r\n\r\n");
        assert_eq!(upload.contents("empty"), b"");
        assert!(upload.is_ticked("empty") && !upload.is_ticked("other"));
        assert_eq!(upload.contents("other"), b"");
    }

    #[test]
    fn what_is_malformed_is_refused() {
        for body in [
            "",
            "--x1",
            "--x2--",
            "--x1\r\n",
            "--x1\r\n\r\n\r\n--x1--",
            "--x1\r\nContent-Disposition: form-data\r\n\r\na\r\n--x1--",
            "--x1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends",
            "--x1 \r\nContent-Disposition: form-data; name=\"a\"\r\n\r\na\r\n--x1--",
        ] {
            assert!(upload(body).is_none(), "{body:?}");
        }
        let field = "--x1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\na\r\n";
        assert!(upload(&format!("{}--x1--", field.repeat(MOST_FIELDS))).is_some());
        assert!(upload(&format!("{}--x1--", field.repeat(MOST_FIELDS + 1))).is_none());
    }

    #[test]
    fn the_content_type_tells_the_boundary() {
        let read = |kind: &str| {
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, kind.parse().unwrap())]);
            boundary(&headers)
        };
        assert_eq!(read("multipart/form-data; boundary=x1").as_deref(), Some("x1"));
        assert_eq!(
            read("Multipart/Form-Data; charset=utf-8; boundary=\"x 1\"").as_deref(),
            Some("x 1")
        );
        for kind in [
            "multipart/form-data",
            "text/csv; boundary=x1",
            "multipart/form-data; boundary=",
        ] {
            assert_eq!(read(kind), None, "{kind}");
        }
    }
}
