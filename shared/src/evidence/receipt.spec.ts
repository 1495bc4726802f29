import { describe, expect, it } from 'vitest'
import { utf8 } from './bytes.ts'
import { checkpointText } from './checkpoint.ts'
import { leafHash } from './digest.ts'
import { NoteFault, noteSigner, noteVerifier, signNote } from './note.ts'
import { openReceipt, signReceipt } from './receipt.ts'
import { newSeed } from './signature.ts'

const signer = noteSigner('collegium.local/receipts', newSeed())
const verifiers = [noteVerifier(signer.vkey)]
const receipt = { origin: 'collegium.local/events', leaf: leafHash(utf8('entry')), accepted: 1_700_000_000, mergeBy: 1_700_000_060 }

describe('a receipt', () => {
  it('[PL-06] promises by signature what is merged by when', () => {
    const note = signReceipt(receipt, signer)
    expect(note).toMatch(/^collegium-receipt\/v1\ncollegium\.local\/events\n[A-Za-z0-9+/]{43}=\n1700000000\n1700000060\n\n— collegium\.local\/receipts /)
    const opened = openReceipt(note, verifiers)
    expect({ ...opened, leaf: [...opened.leaf] }).toEqual({ ...receipt, leaf: [...receipt.leaf] })
  })

  it('[PL-06] is believed of nobody else, changed by nobody, and no other note passes for one', () => {
    const note = signReceipt(receipt, signer)
    expect(() => openReceipt(note.replace('1700000060', '1800000060'), verifiers)).toThrow(NoteFault)
    expect(() => openReceipt(signReceipt(receipt, noteSigner(signer.name, newSeed())), verifiers)).toThrow(NoteFault)
    const checkpoint = checkpointText({ origin: 'collegium-receipt/v1', size: 3, root: receipt.leaf })
    expect(() => openReceipt(signNote(checkpoint, [signer]), verifiers)).toThrow('five lines')
    expect(() => openReceipt(signNote(`${note.split('\n\n')[0]}\nmore\n`, [signer]), verifiers)).toThrow('five lines')
  })
})
