//! The connection that an open page keeps: it is told its state at once, and again whenever that changes. Being told
//! a state, not what happened, it misses nothing however long it was away.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use super::board::Board;

/// Finds out that a page is gone even if nothing changes.
const ALIVE: Duration = Duration::from_secs(10);

/// Follows one page until its browser goes away.
pub(crate) fn follow(board: Arc<Board>, page: String) -> Response {
    let look = Arc::clone(&board).look(&page);
    let changes = board.subscribe();
    let told = stream::unfold((look, changes, String::new()), move |(look, mut changes, mut last)| {
        let (board, page) = (Arc::clone(&board), page.clone());
        async move {
            loop {
                changes.borrow_and_update();
                let state = board.tell(&page);
                if state != last {
                    last.clone_from(&state);
                    let event = Event::default().event("etat").data(state);
                    return Some((Ok::<_, Infallible>(event), (look, changes, last)));
                }
                changes.changed().await.ok()?;
            }
        }
    });
    Sse::new(told).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}
