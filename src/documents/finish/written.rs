//! The bytes of a PDF, written object by object, so that not all of it needs to be in memory. Objects without a stream are
//! packed together; the identifier is the hash of what was written, so that the same objects give the same bytes.

use std::cell::RefCell;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, Writer, dictionary};

/// How many objects are packed into one stream.
const PACKED: usize = 500;
/// The second line tells programs that what follows is no text.
const HEADER: &[u8] = b"%PDF-1.7\n%\xbb\xad\xc0\xde\n";

thread_local! {
    /// zlib's usual level (6) takes a third longer, its slowest four times as long, for files that are smaller by three and
    /// four hundredths. Each thread has one for all streams: its tables are larger than most pages.
    static ZLIB: RefCell<ZlibEncoder<Vec<u8>>> = RefCell::new(ZlibEncoder::new(Vec::new(), Compression::new(4)));
}

/// Gives a stream a content, compressed.
pub(super) fn compress(stream: &mut Stream, plain: &[u8]) -> io::Result<()> {
    let packed = ZLIB.with_borrow_mut(|zlib| {
        zlib.write_all(plain)?;
        zlib.reset(Vec::new())
    })?;
    stream.set_plain_content(packed);
    stream.dict.set("Filter", "FlateDecode");
    Ok(())
}

/// An object as it is written.
pub(crate) fn bytes(object: &Object) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    put(object, &mut bytes)?;
    Ok(bytes)
}

/// Writes an object as the library does: what there are thousands of in a document here, sign by sign, the rest there.
fn put(object: &Object, out: &mut Vec<u8>) -> io::Result<()> {
    match object {
        Object::Dictionary(dictionary) => {
            out.extend(b"<<");
            for (key, value) in dictionary {
                put_name(key, out)?;
                put_after(value, out)?;
            }
            out.extend(b">>");
        }
        Object::Array(values) => {
            out.push(b'[');
            for (n, value) in values.iter().enumerate() {
                if n == 0 { put(value, out) } else { put_after(value, out) }?;
            }
            out.push(b']');
        }
        Object::Name(name) => put_name(name, out)?,
        Object::Reference((number, generation)) => {
            put_number(i64::from(*number), out);
            out.push(b' ');
            put_number(i64::from(*generation), out);
            out.extend(b" R");
        }
        Object::Integer(number) => put_number(*number, out),
        Object::String(bytes, StringFormat::Hexadecimal) => {
            let digit = |value: u8| b"0123456789ABCDEF"[usize::from(value)];
            out.push(b'<');
            out.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
            out.push(b'>');
        }
        other => Writer::write_object(out, other)?,
    }
    Ok(())
}

/// Writes an object after another one, or after a name.
fn put_after(object: &Object, out: &mut Vec<u8>) -> io::Result<()> {
    if Writer::need_separator(object) {
        out.push(b' ');
    }
    put(object, out)
}

fn put_number(number: i64, out: &mut Vec<u8>) {
    out.extend(itoa::Buffer::new().format(number).as_bytes());
}

fn put_name(name: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
    if !name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-') {
        return Writer::write_object(out, &Object::Name(name.to_vec()));
    }
    out.push(b'/');
    out.extend(name);
    Ok(())
}

/// A PDF on its way to `out`.
pub(crate) struct Written<W: Write> {
    out: W,
    at: u32,
    hash: blake3::Hasher,
    /// Where each object is, by its number; the first number is nobody's.
    places: Vec<Place>,
    /// The objects that wait to be packed, and for each its number and where it begins there.
    packed: Vec<u8>,
    waiting: Vec<(u32, usize)>,
    /// The first thing that went wrong.
    fault: Option<io::Error>,
}

#[derive(Clone, Copy)]
enum Place {
    Nowhere,
    At(u32),
    Packed { stream: u32, index: u16 },
}

impl<W: Write> Written<W> {
    pub(crate) fn new(out: W) -> Self {
        let (hash, places) = (blake3::Hasher::new(), vec![Place::Nowhere]);
        let mut written = Self { out, at: 0, hash, places, packed: Vec::new(), waiting: Vec::new(), fault: None };
        written.write(HEADER);
        written
    }

    /// The last number that is given away.
    pub(crate) fn last(&self) -> u32 {
        u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
    }

    /// Gives all numbers up to this one away. What is never written under one of them is simply not there.
    pub(crate) fn reserve(&mut self, last: u32) {
        let wanted = last as usize + 1;
        self.places.resize(self.places.len().max(wanted), Place::Nowhere);
    }

    /// Writes all objects of a document.
    pub(crate) fn put_all(&mut self, document: Document) {
        self.reserve(document.max_id);
        for ((number, _), object) in document.objects {
            self.put(number, object);
        }
    }

    /// Writes an object under this number.
    pub(crate) fn put(&mut self, number: u32, object: Object) {
        self.reserve(number);
        match object {
            Object::Stream(stream) => self.put_stream(number, stream),
            object => {
                self.waiting.push((number, self.packed.len()));
                let done = put(&object, &mut self.packed);
                self.note(done);
                self.packed.push(b'\n');
                if self.waiting.len() == PACKED {
                    self.pack();
                }
            }
        }
    }

    /// Ends the file and hands back what it was written to.
    ///
    /// # Errors
    /// The first one of all that was written.
    pub(crate) fn close(mut self, mut trailer: Dictionary) -> io::Result<W> {
        self.pack();
        let (number, start) = (self.last() + 1, self.at);
        self.places.push(Place::At(start));
        trailer.set("Type", "XRef");
        trailer.set("Size", i64::from(number) + 1);
        trailer.set("W", [1, 4, 2].map(Object::from).to_vec());
        let bytes = self.noted(bytes(&trailer.clone().into()));
        let table = self.table();
        let id = self.hash.update(&bytes).update(&table).finalize();
        let id = Object::String(id.as_bytes()[..16].to_vec(), StringFormat::Hexadecimal);
        trailer.set("ID", vec![id.clone(), id]);
        let stream = self.compressed(trailer, &table);
        self.put_stream(number, stream);
        self.write(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        let flushed = self.out.flush();
        self.fault.map_or(flushed, Err).map(|()| self.out)
    }

    /// A row for each number: where its object is.
    fn table(&self) -> Vec<u8> {
        let row = |place: &Place| match *place {
            Place::Nowhere => (0, 0, u16::MAX),
            Place::At(offset) => (1, offset, 0),
            Place::Packed { stream, index } => (2, stream, index),
        };
        let bytes = |(kind, place, more): (u8, u32, u16)| {
            [kind].into_iter().chain(place.to_be_bytes()).chain(more.to_be_bytes())
        };
        self.places.iter().map(row).flat_map(bytes).collect()
    }

    /// Writes the objects that wait.
    fn pack(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let stream = self.last() + 1;
        self.places.push(Place::Nowhere);
        let (mut index, mut count) = (String::new(), 0_u16);
        for (number, start) in std::mem::take(&mut self.waiting) {
            index.push_str(&format!("{number} {start} "));
            self.place(number, Place::Packed { stream, index: count });
            count += 1;
        }
        let dictionary = dictionary! {
            "Type" => "ObjStm",
            "N" => i64::from(count),
            "First" => i64::try_from(index.len()).unwrap_or_default(),
        };
        let packed = [index.into_bytes(), std::mem::take(&mut self.packed)].concat();
        let packed = self.compressed(dictionary, &packed);
        self.put_stream(stream, packed);
    }

    fn compressed(&mut self, dictionary: Dictionary, content: &[u8]) -> Stream {
        let mut stream = Stream::new(dictionary, Vec::new());
        self.note(compress(&mut stream, content));
        stream
    }

    fn put_stream(&mut self, number: u32, mut stream: Stream) {
        self.place(number, Place::At(self.at));
        stream.dict.set("Length", i64::try_from(stream.content.len()).unwrap_or_default());
        let dictionary = self.noted(bytes(&stream.dict.into()));
        self.write(&[format!("{number} 0 obj\n").as_bytes(), &dictionary, b"\nstream\n"].concat());
        self.write(&stream.content);
        // After a carriage return, a line feed alone would be the second half of one line's end for strict readers.
        let end = if stream.content.ends_with(b"\r") { "\r\n" } else { "\n" };
        self.write(format!("{end}endstream\nendobj\n").as_bytes());
    }

    fn place(&mut self, number: u32, place: Place) {
        self.places[number as usize] = place;
    }

    fn write(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        let next = u32::try_from(bytes.len()).ok().and_then(|length| self.at.checked_add(length));
        match next {
            Some(next) => self.at = next,
            None => self.note(Err(io::Error::other("plus de 4 Go"))),
        }
        if self.fault.is_none() {
            let done = self.out.write_all(bytes);
            self.note(done);
        }
    }

    fn note(&mut self, done: io::Result<()>) {
        self.noted(done);
    }

    /// What was done; nothing if that went wrong.
    fn noted<T: Default>(&mut self, done: io::Result<T>) -> T {
        done.unwrap_or_else(|error| {
            self.fault.get_or_insert(error);
            T::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(document: &Document) -> Vec<u8> {
        let mut written = Written::new(Vec::new());
        written.put_all(document.clone());
        written.close(dictionary! { "Root" => (1, 0) }).unwrap()
    }

    /// A document of more objects than are packed together, a number that nobody has, and a stream that ends so.
    fn document(end: &[u8]) -> Document {
        let mut document = Document::new();
        document.set_object((1, 0), dictionary! { "Type" => "Catalog" });
        document.set_object((3, 0), Stream::new(dictionary! {}, [b"q Q", end].concat()));
        for number in 4..1300 {
            document.set_object((number, 0), Object::Integer(i64::from(number)));
        }
        document.max_id = 1299;
        document
    }

    #[test]
    fn what_is_written_is_read_back() {
        for end in ["", "\n", "\r", "\r\n"] {
            let before = document(end.as_bytes());
            let bytes = written(&before);
            let after = Document::load_mem(&bytes).unwrap();
            assert!(after.get_object((2, 0)).is_err());
            for (id, object) in &before.objects {
                let read = after.get_object(*id).unwrap();
                let content = |object: &Object| object.as_stream().map(|stream| stream.content.clone()).ok();
                assert!(content(object) == content(read) && (content(read).is_some() || object == read), "{id:?}");
            }
            let end = bytes.windows(9).position(|text| text == b"endstream").unwrap();
            assert_eq!(
                bytes[end - 2..end] == *b"\r\n",
                before.get_object((3, 0)).unwrap().as_stream().unwrap().content.ends_with(b"\r")
            );
        }
    }

    #[test]
    fn the_identifier_is_that_of_the_content() {
        let id = |bytes: &[u8]| Document::load_mem(bytes).unwrap().trailer.get(b"ID").unwrap().clone();
        let (one, other) = (written(&document(b"")), written(&document(b" ")));
        assert!(one == written(&document(b"")) && id(&one) != id(&other));
    }

    #[test]
    fn what_a_disk_refuses_is_an_error() {
        let mut full = [0_u8; 64];
        let mut written = Written::new(&mut full[..]);
        written.put_all(document(b""));
        assert!(written.close(Dictionary::new()).is_err());
    }
}
