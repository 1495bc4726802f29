import { crc32, inflateRawSync } from 'node:zlib'

/** The files of an archive by its central directory, unpacked. Throws where a size or a checksum is not that of the content. */
export const unzip = (bytes: Buffer): Map<string, string> => {
  const files = new Map<string, string>()
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  let at = bytes.readUInt32LE(end + 16)
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const [packed, plain, nameLength, offset] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 24),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ]
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const begin = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
    const text = inflateRawSync(bytes.subarray(begin, begin + packed))
    if (text.length !== plain || crc32(text) !== bytes.readUInt32LE(at + 16)) throw new Error(`${name} is not what its head says`)
    files.set(name, text.toString('utf8'))
    at += 46 + nameLength
  }
  return files
}
