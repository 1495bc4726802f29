import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { commands } from '../../api/generated/commands.ts'
import { units } from '../../api/organization.ts'
import { listing, type Row, rowsOf } from '../../api/read.ts'
import { useCommand } from '../../api/use-command.ts'
import { Act } from '../../parts/act.tsx'
import { useHomeZone } from '../../parts/as-of.tsx'
import { useFormats } from '../../parts/format.ts'
import { More } from '../../parts/more.tsx'
import { UnitName } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Failure } from '../../parts/states.tsx'
import { type Arriving, fetchList, goOnWith, useArriving } from './exports.ts'
import type { Format } from './whole-rows.ts'

/** A list of people leaves the house: ordered on record first, then it arrives as a file, row by row. */
export const ExportPeople = ({ unit }: { unit: string | null }) => {
  const { t } = useTranslation()
  const root = useQuery(units()).data?.find((each) => each.parent === null)?.id
  const arriving = useArriving()
  const pages = useInfiniteQuery(listing('/people/exports', { query: { limit: 5 } }))
  const { data } = pages
  const lists = rowsOf({ data })
  useEffect(() => void goOnWith(rowsOf({ data }).filter(({ status }) => status !== 'taken')), [data])
  const at = unit ?? root
  if (at === undefined) return null
  return (
    <Section title={t('directory.export')}>
      <p className="quiet">
        {t('directory.exportWhy')} <UnitName id={at} />
      </p>
      <div className="buttons">
        {(['csv', 'xlsx'] as const).map((format) => (
          <Order key={`${format} ${at}`} unit={at} format={format} />
        ))}
      </div>
      {lists.length > 0 && (
        <ul className="dir-exports" aria-label={t('directory.exports.title')}>
          {lists.map((each) => (
            <li key={each.id}>
              <OrderedList list={each} here={arriving.get(each.id)} />
            </li>
          ))}
        </ul>
      )}
      <More pages={pages} />
    </Section>
  )
}

const Order = ({ unit, format }: { unit: string; format: Format }) => {
  const { t } = useTranslation()
  const { run, isBusy, error, reset } = useCommand('orderPeopleExport', { onDone: ({ id }) => void fetchList({ id, unit, format }) })
  return (
    <>
      <Act
        permission={commands.orderPeopleExport.permission}
        unit={unit}
        isBusy={isBusy}
        onPress={() => {
          reset()
          void run({ body: { unit, format } })
        }}
      >
        {t(`directory.formats.${format}`)}
      </Act>
      {error && <Failure error={error} />}
    </>
  )
}

/** One list that was ordered, here or elsewhere: how far it is, and fetching it where it has not arrived. */
const OrderedList = ({ list, here }: { list: Row<'/people/exports'>; here: Arriving | undefined }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useHomeZone()
  const state = here?.state ?? (list.status === 'taken' ? 'saved' : 'ordered')
  return (
    <>
      <p>
        <strong>{t(`directory.formats.${list.format}`)}</strong> · <UnitName id={list.unit} />{' '}
        <time className="quiet" dateTime={list.at}>
          {moment(list.at, zone)}
        </time>{' '}
        <span className={state === 'saved' ? 'chip good' : state === 'running' ? 'chip' : 'chip wait'}>{t(`directory.exports.${state}`)}</span>
      </p>
      {here ? <Progress here={here} /> : <SentSoFar list={list} />}
      {here?.error !== undefined && <Failure error={here.error} />}
      {(state === 'broken' || state === 'ordered') && (
        <Act permission={commands.orderPeopleExport.permission} unit={list.unit} onPress={() => void fetchList(list)}>
          {t(here && here.rows > 0 ? 'directory.exports.goOn' : 'directory.exports.again')}
        </Act>
      )}
    </>
  )
}

const Progress = ({ here: { state, rows, of } }: { here: Arriving }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  return (
    <>
      {state === 'running' && (
        <progress className="dir-progress" {...(of === null ? {} : { max: Math.max(of, 1), value: rows })} aria-label={t('directory.exports.running')} />
      )}
      <p className="quiet" role="status">
        {t('directory.exports.rows', { rows: number(rows), of: number(of ?? rows) })}
      </p>
    </>
  )
}

/** As the server has it: for who ordered it on another device. */
const SentSoFar = ({ list: { status, rows, left } }: { list: Row<'/people/exports'> }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  if (status === 'ordered' && left === null) return null
  return (
    <p className="quiet" role="status">
      {rows === null ? t('directory.exports.left', { count: left ?? 0 }) : t('directory.exports.rows', { rows: number(rows), of: number(rows) })}
    </p>
  )
}
