import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, type Row, reading } from '../../api/read.ts'
import { CommandDialog } from '../../parts/command-dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { UnitName } from '../../parts/names.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'

type Register = Row<'/registers'>
/** As the service folds it: numbers by document, grounds by void number. */
type Open = { readonly last: number; readonly numbers: Readonly<Record<string, number>>; readonly voids: Readonly<Record<string, string>> }

/** The numbers of each issuer, kind and year: from 1 to the last without a hole; void ones stay with their ground. */
export const Registers = ({ issuer }: { issuer: string | null }) => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(listing('/registers', { query: { issuer, limit: 50 } }))
  return (
    <List
      pages={pages}
      className="items"
      label={t('desk.registers')}
      keyOf={({ register }) => register}
      empty={
        <Empty title={t('desk.noRegister')}>
          <p>{t('desk.noRegisterWhy')}</p>
        </Empty>
      }
    >
      {(row) => <RegisterCard row={row} />}
    </List>
  )
}

const RegisterCard = ({ row }: { row: Register }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="register" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <UnitName id={row.issuer} /> · {t(`words.${row.kind}`)} · {row.year}
        <span className="quiet">
          {t('desk.used', { count: row.last, shown: number(row.last) })}
          {row.voids > 0 && ` · ${t('desk.voids', { count: row.voids })}`}
        </span>
      </summary>
      {isOpen && <Numbers row={row} />}
    </details>
  )
}

const Numbers = ({ row }: { row: Register }) => {
  const { t } = useTranslation()
  const found = useQuery(reading('/registers/{id}', { path: { id: row.register } }))
  if (found.isPending) return <Loading />
  if (found.isError) return <Failure error={found.error} onRetry={() => found.refetch()} />
  const { last, numbers, voids } = found.data.state as unknown as Open
  const byNumber = new Map(Object.entries(numbers).map(([document, each]) => [each, document]))
  const all = Array.from({ length: last }, (_, at) => at + 1)
  const holes = all.filter((each) => !byNumber.has(each))
  return (
    <>
      <p className={holes.length === 0 ? 'quiet' : 'late'}>{holes.length === 0 ? t('desk.noHole') : t('desk.holes', { numbers: holes.join(', ') })}</p>
      <ol className="numbers" aria-label={t('fields.numbers')}>
        {all.map((each) => {
          const document = byNumber.get(each)
          const ground = voids[each]
          return (
            <li key={each} data-void={ground !== undefined || undefined}>
              {document === undefined ? (
                each
              ) : (
                <Link
                  to="/documents/$document"
                  params={{ document }}
                  aria-label={ground === undefined ? undefined : t('desk.voidNumber', { number: each, ground })}
                >
                  {each}
                </Link>
              )}
            </li>
          )
        })}
      </ol>
      {Object.keys(voids).length > 0 && (
        <ul className="void-grounds">
          {Object.entries(voids).map(([each, ground]) => (
            <li key={each}>{t('desk.voidNumber', { number: each, ground })}</li>
          ))}
        </ul>
      )}
      <CommandDialog
        command="voidNumber"
        path={{ id: row.register }}
        unit={row.issuer}
        label={t('desk.void')}
        seen={{ version: found.data.version, state: found.data.state }}
      >
        <p>{t('desk.voidMeans')}</p>
      </CommandDialog>
    </>
  )
}
