//! Somebody with a name and a password in front of the console.

use serde_json::json;

use crate::testing::{Answer, Call, TestApp};

/// Somebody who is signed in by a name.
pub(super) struct SignedIn<'a> {
    app: &'a TestApp,
    pub(super) cookie: String,
}

impl<'a> SignedIn<'a> {
    /// Adds a person, who chooses the password "a long sentence".
    pub(super) async fn new(app: &'a TestApp, name: &str, role: &str) -> Self {
        let body = json!({ "name": name, "role": role });
        let invitation = app.post("/api/v1/people", &body).await.expect(201);
        let cookie = app.accept(&invitation, "a long sentence").await;
        Self { app, cookie }
    }

    pub(super) async fn open(&self, path: &str) -> Answer {
        let call = Call::get(path).header("cookie", &self.cookie);
        self.app.send(call.header("accept", "text/html")).await
    }

    pub(super) async fn read(&self, path: &str) -> String {
        let answer = self.open(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.text
    }

    /// Sends a form of the page `from` to `path`.
    pub(super) async fn send(&self, from: &str, path: &str, filled: &[(&str, &str)]) -> Answer {
        let page = self.read(from).await;
        let form_token = page.split("name=\"form_token\" value=\"").nth(1).unwrap();
        let form_token = form_token.split('"').next().unwrap().to_owned();
        let key = self.app.fresh_key();
        let mut fields = vec![
            ("form_token".to_owned(), form_token),
            ("idempotency_key".to_owned(), key),
        ];
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        fields.extend(filled.iter().map(owned));
        let call = Call::post(path).header("cookie", &self.cookie).form(&fields);
        self.app.send(call.header("accept", "text/html")).await
    }
}
