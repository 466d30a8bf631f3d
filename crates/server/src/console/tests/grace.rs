//! Somebody in front of the console.

use serde_json::Value;

use crate::testing::{Answer, Call, FakeMac, TestApp};

/// Somebody who is signed in.
pub(super) struct Grace<'a> {
    app: &'a TestApp,
    pub(super) cookie: String,
}

impl<'a> Grace<'a> {
    pub(super) async fn in_front_of(app: &'a TestApp) -> Self {
        Self {
            app,
            cookie: app.session().await,
        }
    }

    pub(super) async fn open(&self, path: &str) -> Answer {
        let answer = self
            .app
            .send(Call::get(path).header("cookie", &self.cookie))
            .await;
        assert_eq!(
            answer.headers["content-type"], "text/html; charset=utf-8",
            "{path}"
        );
        answer
    }

    pub(super) async fn read(&self, path: &str) -> String {
        let answer = self.open(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.text
    }

    pub(super) async fn read_action(&self, action: &Value) -> String {
        self.read(&format!("/actions/{}", action["id"].as_str().unwrap()))
            .await
    }

    /// The hidden fields that a form carries.
    pub(super) async fn hidden(&self, path: &str) -> Vec<(String, String)> {
        let page = self.read(path).await;
        ["form_token", "idempotency_key"]
            .into_iter()
            .filter_map(|name| {
                let field = format!("name=\"{name}\" value=\"");
                let value = page.split(&field).nth(1)?.split('"').next()?;
                Some((name.to_owned(), value.to_owned()))
            })
            .collect()
    }

    /// Sends a form.
    pub(super) async fn send(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let call = Call::post(path).header("cookie", &self.cookie);
        self.app.send(call.form(fields)).await
    }

    /// Fills in a form that the Mac's page leads to, and sends it.
    pub(super) async fn fill_in(&self, mac: &FakeMac, form: &str, filled: &[(&str, &str)]) -> Answer {
        let path = format!("/devices/{}/{form}", mac.id());
        let mut fields = self.hidden(&path).await;
        fields.extend(
            filled
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        self.send(&path, &fields).await
    }
}
