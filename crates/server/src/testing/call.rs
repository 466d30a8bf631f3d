//! A request of a test, and its answer.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

use crate::idempotency;

/// A request, of nobody unless told.
#[derive(Clone)]
pub(crate) struct Call {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Call {
    pub(crate) fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    pub(crate) fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    pub(crate) fn key(self, key: &str) -> Self {
        self.header(idempotency::HEADER, key)
    }

    pub(crate) fn json(self, body: &impl serde::Serialize) -> Self {
        let body = serde_json::to_vec(body).unwrap();
        self.raw_json(body)
    }

    pub(crate) fn raw_json(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("content-type", "application/json")
    }

    /// A body of this type, put.
    pub(crate) fn put(path: impl Into<String>, content_type: &str, body: &[u8]) -> Self {
        let mut call = Self::new(Method::PUT, path);
        call.body = body.to_vec();
        call.header("content-type", content_type)
    }

    pub(crate) fn csv(mut self, table: &str) -> Self {
        self.body = table.as_bytes().to_vec();
        self.header("content-type", "text/csv; charset=utf-8")
    }

    pub(crate) fn form(mut self, fields: &[(String, String)]) -> Self {
        let encoded = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        self.body = pairs.join("&").into_bytes();
        self.header("content-type", "application/x-www-form-urlencoded")
    }

    /// A form with a file in the field `table`.
    pub(crate) fn upload(mut self, fields: &[(String, String)], table: &str) -> Self {
        let field = |(name, value): &(String, String)| {
            format!("--boundary\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let fields: String = fields.iter().map(field).collect();
        let file =
            "Content-Disposition: form-data; name=\"table\"; filename=\"macs.csv\"\r\nContent-Type: text/csv";
        self.body = format!("{fields}--boundary\r\n{file}\r\n\r\n{table}\r\n--boundary--\r\n").into_bytes();
        self.header("content-type", "multipart/form-data; boundary=boundary")
    }

    pub(super) fn into_request(self) -> Request<Body> {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        request.body(Body::from(self.body)).unwrap()
    }
}

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub(super) async fn read(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Self {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// The body, which must be JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    /// The body as `T`.
    #[track_caller]
    pub(crate) fn read_as<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// Expects this status, and answers the JSON.
    #[track_caller]
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()
    }

    /// Expects a problem of this status and code, and answers it.
    #[track_caller]
    pub(crate) fn expect_problem(&self, status: u16, code: &str) -> Value {
        let problem = self.expect(status);
        assert_eq!(problem["code"], code, "{}", self.text);
        assert_eq!(problem["status"], status);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        problem
    }

    /// Expects an invalid request that names this field.
    #[track_caller]
    pub(crate) fn expect_invalid(&self, status: u16, field: &str) -> Value {
        let problem = self.expect_problem(status, "invalid_request");
        assert_eq!(problem["field"], field, "{}", self.text);
        problem
    }
}
