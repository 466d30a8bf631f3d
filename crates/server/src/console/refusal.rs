//! A refusal as a page.

use axum::response::{IntoResponse, Response};
use maud::html;
use trust::code::Code;

use super::components::code_text;
use super::{Page, Place};
use crate::problem::Problem;

/// A [`Problem`] for people.
pub(crate) struct Refusal(pub Problem);

impl<P: Into<Problem>> From<P> for Refusal {
    fn from(problem: P) -> Self {
        Self(problem.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let code = self.0.code;
        let status = self.0.status;
        let contents = html! {
            div.narrow {
                h1 { (code.entry().title) }
                @if code == Code::NotSignedIn { (how_to_sign_in()) } @else {
                    (code_text(code))
                    p { a href="/" { "Back to the devices" } }
                }
            }
        };
        let page = Page {
            title: code.entry().title,
            reader: None,
            place: Place::Elsewhere,
            contents,
        };
        let mut response = (status, page.render()).into_response();
        response.extensions_mut().insert(self.0);
        response
    }
}

fn how_to_sign_in() -> maud::Markup {
    html! {
        p {
            "The console opens with a sign-in link. It can be used once, within 15 minutes; a link that was used, or is "
            "older, opens nothing any more."
        }
        p {
            "The program that runs the server prints a new one: " code { "bestow demo" } " when it starts, "
            code { "bestow serve --sign-in-link" } " at any start."
        }
    }
}
