//! The contents of all pages, and of the forms in them: unpacked once for all who look at them, and packed once where
//! somebody changed one. What nobody changed keeps Chrome's bytes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, Object, ObjectId, Stream};

use super::drawn::drawings;
use super::written;

pub(super) struct Contents(BTreeMap<ObjectId, Content>);

struct Content {
    plain: Vec<u8>,
    is_changed: bool,
}

impl Contents {
    /// # Errors
    /// If one cannot be unpacked.
    pub(super) fn of(document: &Document) -> lopdf::Result<Self> {
        let drawings = document.page_iter().flat_map(|page| drawings(document, page));
        let streams: BTreeSet<ObjectId> = drawings.flat_map(|drawing| drawing.streams).collect();
        let unpacked = |id| {
            let plain = document.get_object(id).and_then(Object::as_stream).and_then(Stream::get_plain_content)?;
            Ok((id, Content { plain, is_changed: false }))
        };
        Ok(Self(streams.into_iter().map(unpacked).collect::<lopdf::Result<_>>()?))
    }

    pub(super) fn get(&self, id: ObjectId) -> Option<&[u8]> {
        self.0.get(&id).map(|content| content.plain.as_slice())
    }

    /// What several streams hold, one after the other.
    pub(super) fn joined(&self, streams: &[ObjectId]) -> Cow<'_, [u8]> {
        let contents: Vec<&[u8]> = streams.iter().filter_map(|id| self.get(*id)).collect();
        match contents[..] {
            [only] => Cow::Borrowed(only),
            _ => Cow::Owned(contents.join(&b'\n')),
        }
    }

    pub(super) fn replace(&mut self, id: ObjectId, plain: Vec<u8>) {
        self.0.insert(id, Content { plain, is_changed: true });
    }

    /// Puts what was changed into the document.
    pub(super) fn pack(&self, document: &mut Document) -> lopdf::Result<()> {
        for (id, content) in self.0.iter().filter(|(_, content)| content.is_changed) {
            let stream = document.get_object_mut(*id).and_then(Object::as_stream_mut)?;
            written::compress(stream, &content.plain)?;
        }
        Ok(())
    }
}
