import { clock } from './calendar.ts'
import type { Session } from './door.ts'
import type { Life } from './life.ts'
import type { Lived } from './live-volunteering.ts'

/** Documents on their way to a number: drafted, approved by somebody else, filed by itself. */

type Draft = { readonly key: string; readonly unit: string; readonly kind: string; readonly title: string; readonly text: string; readonly about?: object }
type Times = { readonly drafted: string; readonly submitted: string; readonly approved: string }

/** Returns the document's id. */
export const fileDocument = async (author: Session, approver: Session, { key, ...draft }: Draft, times: Times): Promise<string> => {
  const { id } = await author.send('/documents', draft, { key: `${key} draft`, at: times.drafted })
  await author.send(`/documents/${id}/submission`, { approvers: [approver.person] }, { key: `${key} submit`, at: times.submitted })
  await approver.send(`/documents/${id}/approval`, {}, { key: `${key} approve`, at: times.approved })
  return id
}

/** The summary that whoever held an activity owes. */
export const fileSummary = async ({ calendar, holder }: Life, { plan, id, head }: Lived): Promise<void> => {
  const president = holder('president', plan.union)
  const approved = calendar.at(plan.to, clock(17), 6)
  if (president === undefined || !calendar.isPast(approved)) return
  await fileDocument(
    head,
    president,
    {
      key: `${plan.key} summary`,
      unit: plan.unit,
      kind: 'summary',
      title: `${plan.title.zh}总结`,
      text: `${plan.title.zh}于${plan.to}顺利结束，约${plan.attendance}人参加。经验：准备充分，分工明确。不足：经费使用不够节约，细节仍有遗漏。`,
      about: { service: 'activities', kind: 'activity', id },
    },
    { drafted: calendar.at(plan.to, clock(20), 3), submitted: calendar.at(plan.to, clock(9), 4), approved },
  )
}

/** What the secretariat issues through the semester. */
export const issueDocuments = async ({ calendar, as, semester }: Life): Promise<void> => {
  const [secretary, president] = [as('secretary'), as('president')]
  const begin = semester.terms?.[0]?.from ?? ''
  const issued: [days: number, kind: string, title: string, text: string][] = [
    [2, 'plan', '本学期工作计划', '以活动质量为中心：每两周一次主席团例会，各部门按计划开展活动并及时总结。'],
    [6, 'notice', '关于新任干部培训的通知', '请各部门新任干部准时参加培训。'],
    [9, 'regulation', '会议考勤办法', '会议实行签到；因故不能参加者须事先请假。'],
    [27, 'notice', '关于国庆假期值班安排的通知', '假期期间各部门安排一名干事值班。'],
    [44, 'notice', '关于活动经费使用的通知', '各部门应厉行节约，凭据报销。'],
    [66, 'report', '期中工作报告', '上半学期活动按计划完成，个别任务沟通不畅，经费节约意识有待加强。'],
  ]
  for (const [days, kind, title, text] of issued) {
    const approved = calendar.at(begin, clock(16), days + 1)
    if (!calendar.isPast(approved)) continue
    const times = { drafted: calendar.at(begin, clock(9), days), submitted: calendar.at(begin, clock(17), days), approved }
    await fileDocument(secretary, president, { key: `issued ${kind} ${days}`, unit: 'pps-ppa', kind, title, text }, times)
  }
}
