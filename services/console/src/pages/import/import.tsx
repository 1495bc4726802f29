import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import { listing, rowsOf } from '../../api/read.ts'
import { Act } from '../../parts/act.tsx'
import { useHomeZone } from '../../parts/as-of.tsx'
import { useFormats } from '../../parts/format.ts'
import { useMay } from '../../parts/may.ts'
import { More } from '../../parts/more.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Failure } from '../../parts/states.tsx'
import { Faults, type FileFault } from './faults.tsx'
import { Preview } from './preview.tsx'
import { checkFile, type ImportFile, writeFile } from './writing.ts'
import './import.css'

const permission = 'federation:import'

/** A federation from a file: chosen, checked row by row, confirmed, then written while one may do something else. */
export const ImportPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const id = useId()
  const [file, setFile] = useState<ImportFile | null>(null)
  const checking = useMutation({ mutationFn: checkFile })
  const choose = async (chosen: File | undefined): Promise<void> => {
    if (!chosen || checking.isPending) return
    const next = { name: chosen.name, type: chosen.name.endsWith('.json') ? 'application/json' : 'application/yaml', text: await chosen.text() }
    setFile(next)
    checking.mutate(next)
  }
  const { may } = useMay(permission, null)
  const isFaulty = checking.error instanceof Problem && checking.error.code === 'import-faulty'
  return (
    <>
      <PageTitle title={t('import.title')}>
        <p className="quiet">{t('import.lead')}</p>
      </PageTitle>
      <Section title={t('import.choose')}>
        {/* The browser's own button speaks the browser's language: this one speaks the page's. */}
        <p className="buttons">
          {may ? (
            <label className="button primary import-pick" htmlFor={id}>
              {t('import.file')}
            </label>
          ) : (
            <Act permission={permission} unit={null} onPress={() => {}} className="primary">
              {t('import.file')}
            </Act>
          )}
          <input
            id={id}
            type="file"
            className="unseen"
            disabled={!may}
            accept=".yaml,.yml,.json"
            onChange={(event) => {
              void choose(event.currentTarget.files?.[0])
              // The same file again, mended meanwhile, is another choice.
              event.currentTarget.value = ''
            }}
          />
        </p>
        <p className="quiet">{t('import.fileWhy')}</p>
        <p role="status">{checking.isPending && t('import.checking', { name: file?.name })}</p>
      </Section>
      {checking.isError && !isFaulty && <Failure error={checking.error} onRetry={file ? () => checking.mutate(file) : undefined} />}
      {isFaulty && <Faults name={file?.name ?? ''} faults={(checking.error as Problem).faults as unknown as readonly FileFault[]} />}
      {checking.isSuccess && file && (
        <Preview
          name={file.name}
          told={checking.data}
          onWrite={() => {
            const written = checking.data.import
            if (written === undefined) return
            writeFile(written, file)
            void navigate({ to: '/import/$id', params: { id: written } })
          }}
        />
      )}
      <SentBefore />
    </>
  )
}

/** What one sent in before, from whatever device: left, and found again. */
const SentBefore = () => {
  const { t } = useTranslation()
  const { moment, number } = useFormats()
  const zone = useHomeZone()
  const pages = useInfiniteQuery(listing('/imports', { query: { limit: 10 } }))
  const sent = rowsOf(pages)
  if (sent.length === 0) return null
  return (
    <Section title={t('import.before')}>
      <ul className="import-sent" aria-label={t('import.before')}>
        {sent.map(({ id, at, rows, finishedAt }) => (
          <li key={id}>
            <Link to="/import/$id" params={{ id }}>
              <time dateTime={at}>{moment(at, zone)}</time>
            </Link>{' '}
            <span className="quiet">{t('import.progress.all', { count: rows, rows: number(rows) })}</span>{' '}
            <span className={finishedAt === null ? 'chip wait' : 'chip good'}>
              {t(finishedAt === null ? 'import.progress.running' : 'import.progress.done')}
            </span>
          </li>
        ))}
      </ul>
      <More pages={pages} />
    </Section>
  )
}
