import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { currentTerm, pathTo, terms, units } from '../../api/organization.ts'
import { mayAt } from '../../api/permissions.ts'
import { listing, type Row, rowsOf } from '../../api/read.ts'
import { me } from '../../api/session.ts'
import { useHomeZone } from '../../parts/as-of.tsx'
import { CommandDialog } from '../../parts/command-dialog.tsx'
import { dayIn, startOf } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { More } from '../../parts/more.tsx'
import { UnitName } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Empty, Loading } from '../../parts/states.tsx'
import names from './duty-names.json'

const wanted = ['plan', 'summary'] as const
type Paper = Row<'/documents'>
/** How far a paper has come: the furthest of several counts. */
const furthest = ['draft', 'returned', 'submitted', 'approved', 'filed']

/** Which department has handed in this term's plan and summary, how far it is where it is on its way, and who owes it. */
export const HandedIn = ({ unit }: { unit: string | null }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const zone = useHomeZone()
  const term = currentTerm(useQuery(terms).data ?? [], dayIn(zone))
  const begun = term === null ? '' : startOf(term.from, zone)
  const tree = useQuery(units())
  const plans = useInfiniteQuery(listing('/documents', { query: { kind: 'plan', issuer: unit, limit: 200 } }))
  const summaries = useInfiniteQuery(listing('/documents', { query: { kind: 'summary', issuer: unit, limit: 200 } }))
  const all = tree.data ?? []
  const { data: known } = useQuery(me)
  // Of the others the papers cannot be read, so nothing can be said.
  const departments = all.filter(({ id, kind }) => {
    const path = kind === 'department' ? pathTo(all, id).map((each) => each.id) : []
    return path.length > 0 && known !== undefined && mayAt(known, 'documents:read', path) && (unit === null || path.includes(unit))
  })
  // A semester's plan or summary is about nothing but the issuer; a summary of an activity is another paper.
  const papers = [...rowsOf(plans), ...rowsOf(summaries)].filter(({ changed, aboutId }) => changed >= begun && aboutId === null)
  const paperOf = (department: string, kind: string): Paper | undefined =>
    papers
      .filter((paper) => paper.issuer === department && paper.kind === kind)
      .toSorted((a, b) => furthest.indexOf(b.status) - furthest.indexOf(a.status))
      .at(0)
  const missing = departments.filter(({ id }) => wanted.some((kind) => paperOf(id, kind)?.status !== 'filed'))
  return (
    <Section
      title={t('desk.handedIn')}
      aside={
        <span className={missing.length > 0 ? 'late' : 'quiet'} role="status">
          {t('desk.missing', { count: missing.length })}
        </span>
      }
    >
      {term && <p className="quiet">{label(term.name)}</p>}
      {(plans.isPending || tree.isPending) && <Loading />}
      {tree.isSuccess && departments.length === 0 && <Empty title={t('desk.noDepartment')} />}
      {departments.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('unitKinds.department')}</th>
              {wanted.map((kind) => (
                <th key={kind} scope="col">
                  {t(`words.${kind}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {departments.map(({ id }) => (
              <tr key={id}>
                <th scope="row">
                  <UnitName id={id} />
                </th>
                {wanted.map((kind) => (
                  <td key={kind}>
                    <PaperCell paper={paperOf(id, kind)} department={id} kind={kind} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <More pages={plans} />
      <More pages={summaries} />
    </Section>
  )
}

const PaperCell = ({ paper, department, kind }: { paper: Paper | undefined; department: string; kind: (typeof wanted)[number] }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  if (paper)
    return (
      <Link to="/documents/$document" params={{ document: paper.id }}>
        {paper.label ?? t(`words.${paper.status}`)}
      </Link>
    )
  // Whoever owes it, and whoever follows it up, reads it in a language of their own.
  const name = names[kind]
  return (
    <div className="missing-paper">
      <span className="late">{t('desk.notYet')}</span>
      <CommandDialog
        command="assignDuty"
        unit={department}
        label={t('desk.remind')}
        title={label(name)}
        given={{ unit: department, title: name.zh, name, fulfilledBy: { event: 'documents.document-filed.v1', about: `${kind}:${department}` } }}
      >
        <p>{t('desk.remindMeans')}</p>
      </CommandDialog>
    </div>
  )
}
