//! From where somebody asks.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr};

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::app::SharedApp;
use crate::presence::Speaker;

/// What a proxy says of whose request it hands on. Only the last entry is its own; what stands before it anybody can write.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address from which a request comes; `None` where nobody knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Address(pub Option<IpAddr>);

impl Address {
    /// The same as text, for people.
    pub(crate) fn text(self) -> Option<String> {
        self.0.map(|address| address.to_string())
    }

    /// What counts as one address when guesses are counted: of IPv6 the network, in which everybody has as many addresses as
    /// he likes.
    pub(crate) fn network(self) -> Option<IpAddr> {
        self.0.map(|address| match address {
            IpAddr::V4(_) => address,
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        })
    }
}

impl FromRequestParts<SharedApp> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Infallible> {
        if app.settings.behind_proxy
            && let Some(address) = forwarded(&parts.headers)
        {
            return Ok(Self(Some(address)));
        }
        Ok(Self(parts.extensions.get::<Speaker>().and_then(Speaker::address)))
    }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all(FORWARDED_FOR).iter().next_back()?;
    let address: IpAddr = last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()?;
    // As an address of IPv6, all of IPv4 would be one network.
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_proxy_itself_has_seen_counts() {
        let mut headers = HeaderMap::new();
        assert_eq!(forwarded(&headers), None);
        headers.append(FORWARDED_FOR, "198.51.100.1".parse().unwrap());
        headers.append(FORWARDED_FOR, "10.0.0.1, 203.0.113.7".parse().unwrap());
        assert_eq!(forwarded(&headers), "203.0.113.7".parse().ok());
        headers.append(FORWARDED_FOR, "::ffff:192.0.2.9".parse().unwrap());
        assert_eq!(forwarded(&headers), "192.0.2.9".parse().ok());
        headers.append(FORWARDED_FOR, "unknown".parse().unwrap());
        assert_eq!(forwarded(&headers), None);
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let network = |text: &str| Address(text.parse().ok()).network();
        assert_eq!(network("2001:db8:1:2:3::4"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::4"), network("2001:db8:1:3::4"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
