import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Verifier } from '../evidence/note.ts'
import { BundleFault, type Manifest, manifestFile, openManifest, signatureFile } from './manifest.ts'

/** The digest of a file's bytes in base64; reads it in pieces. */
export const fileDigest = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('base64')
}

/** Every file below a folder, as paths with slashes, sorted. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()

/** The manifest, if the verifier's key signed it. Throws a BundleFault (not-a-bundle, forged). Nothing else of the bundle is looked at yet. */
export const readManifest = (folder: string, verifier: Verifier): Manifest => {
  const path = join(folder, manifestFile)
  if (!existsSync(path) || !existsSync(join(folder, signatureFile)))
    throw new BundleFault('not-a-bundle', `${folder} is not a bundle: it has no signed ${manifestFile}`)
  const bytes = readFileSync(path)
  const manifest = parsed(bytes.toString())
  const signed = openManifest(readFileSync(join(folder, signatureFile), 'utf8'), manifest.origin, verifier)
  if (signed !== createHash('sha256').update(bytes).digest('base64')) throw new BundleFault('forged', `${manifestFile} is not the one that was signed`)
  return manifest
}

const parsed = (text: string): Manifest => {
  try {
    const manifest = JSON.parse(text) as Manifest
    if (manifest.format === 'collegium-bundle/v1') return manifest
  } catch {}
  throw new BundleFault('not-a-bundle', `${manifestFile} is not that of a bundle that this version reads`)
}

/** Reads every file and throws a BundleFault (damaged) for the first that is missing, too much, or not what the manifest says. */
export const checkFiles = async (folder: string, manifest: Manifest, step: (done: number, total: number) => void = () => {}): Promise<void> => {
  const known = new Set([...manifest.files.map(({ path }) => path), manifestFile, signatureFile])
  const stray = filesBelow(folder).find((path) => !known.has(path))
  if (stray) throw new BundleFault('damaged', `${stray} does not belong to the bundle`)
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  for (const { path, bytes, sha256 } of manifest.files) {
    const at = join(folder, path)
    if (!existsSync(at)) throw new BundleFault('damaged', `${path} is missing`)
    if (statSync(at).size !== bytes) throw new BundleFault('damaged', `${path} has ${statSync(at).size} bytes; it had ${bytes} when the bundle was made`)
    if ((await fileDigest(at)) !== sha256) throw new BundleFault('damaged', `${path} was changed since the bundle was made`)
    done += bytes
    step(done, total)
  }
}
