import { useQuery } from '@tanstack/react-query'
import { type DragEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { publishedTrust } from '../../api/evidence.ts'
import { checkText, type Trust, type Verdict } from '../../evidence/check.ts'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { Keys } from './keys.tsx'
import { Told } from './told.tsx'
import './proofs.css'

/** What was given to be checked; `name` of the file, where it was one. */
type Given = { readonly name: string | null; readonly text: string }

/** No proof and no receipt is longer. */
const mostCharacters = 200_000

/** Proofs and receipts, checked in the browser alone. */
export const ProofsPage = () => {
  const { t } = useTranslation()
  const published = useQuery(publishedTrust)
  const [own, setOwn] = useState<Trust | null>(null)
  const [given, setGiven] = useState<Given | null>(null)
  const trust = own ?? published.data ?? null
  return (
    <>
      <PageTitle title={t('proof.check')}>
        <p className="quiet">{t('proofs.lead')}</p>
      </PageTitle>
      <Section title={t('proof.title')}>
        <Giving onGiven={setGiven} />
      </Section>
      <div role="status">{given && trust && <Told name={given.name} verdict={verdictOf(given.text, trust)} />}</div>
      <Section title={t('proofs.keys')}>
        {published.isPending && <Loading />}
        {published.isError && <Failure error={published.error} onRetry={() => published.refetch()} />}
        {trust && <Keys trust={trust} onChange={setOwn} onReset={own && (() => setOwn(null))} />}
      </Section>
    </>
  )
}

const verdictOf = (text: string, trust: Trust): Verdict => (text.length > mostCharacters ? { kind: 'fault', code: 'unknown', why: '' } : checkText(text, trust))

/** A place to drop a file on, a button to choose one, and a field to paste into: each does for itself. */
const Giving = ({ onGiven }: { onGiven: (given: Given | null) => void }) => {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [isOver, setOver] = useState(false)
  const [file, field] = [useId(), useId()]
  const take = async (taken: File | undefined): Promise<void> => {
    if (!taken) return
    const read = await taken.slice(0, mostCharacters + 1).text()
    setText(read)
    onGiven({ name: taken.name, text: read })
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        onGiven({ name: null, text })
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of three; the button in it is there for keys */}
      <div
        className="drop"
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p>{t('proofs.drop')}</p>
        <input id={file} type="file" className="chosen" onChange={(event) => void take(event.target.files?.[0])} />
        <label className="button start" htmlFor={file}>
          {t('proofs.choose')}
        </label>
      </div>
      <label className="field" htmlFor={field}>
        {t('proofs.paste')}
        <textarea id={field} className="input pasted" rows={6} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <div className="buttons">
        <button type="submit" className="button primary" disabled={text.trim() === ''}>
          {t('proofs.check')}
        </button>
        <button
          type="reset"
          className="button"
          onClick={() => {
            setText('')
            onGiven(null)
          }}
        >
          {t('proofs.clear')}
        </button>
      </div>
    </form>
  )
}
