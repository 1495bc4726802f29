import type { Page } from 'playwright-core'
import { firstOf, type ReadApi } from '../../services/console/src/frame/examples.ts'
import { settle } from './eyes.ts'

/** One picture of the tour: what it shows in both languages, where it is in the sample, and what is pressed before it is taken. */
export type Stop = {
  readonly en: string
  readonly zh: string
  readonly to: string | ((read: ReadApi) => Promise<string>)
  /** Whose eyes see it, where they are not the visitor's. */
  readonly as?: string
  readonly press?: (page: Page) => Promise<unknown>
  readonly isPhone?: true
}

export type Visitor = { readonly name: string; readonly en: string; readonly zh: string; readonly as: string; readonly stops: readonly Stop[] }

const first = async (read: ReadApi, path: string): Promise<string> => (await firstOf(read, path)).id
const activity =
  (query: string, around = (id: string): string => `/activities/${id}`) =>
  async (read: ReadApi): Promise<string> =>
    around(await first(read, `/activities?${query}&limit=1`))

const student: Visitor = {
  name: 'student',
  en: 'Student',
  zh: '学生',
  as: 'student1',
  stops: [
    { en: 'The first page on a phone: where one takes part, and what is on nearby', zh: '手机上的首页：我的报名与附近的活动', to: '/', isPhone: true },
    { en: 'The same at a desk', zh: '电脑上的首页', to: '/' },
    {
      en: 'At the door: the code of the screen, or one’s own',
      zh: '现场签到：输入屏幕上的签到码，或出示自己的码',
      to: '/',
      isPhone: true,
      press: async (page) => {
        await page.locator('article button.button.primary').first().click()
        await page.locator('.qr').waitFor()
      },
    },
    { en: 'An activity, and where it stands', zh: '一项活动及其进度', to: activity('status=registering') },
    { en: 'Activities by the month', zh: '按月查看活动', to: '/activities?look=calendar' },
    { en: 'Shifts that need hands', zh: '需要志愿者的班次', to: '/shifts', isPhone: true },
    { en: 'One’s hours, and what became of each', zh: '我的志愿时长', to: '/hours' },
    { en: 'Public notices of appointments', zh: '任命公示', to: '/appointments' },
    { en: 'The tree of the federation', zh: '组织架构', to: '/organization' },
    { en: 'What is kept about oneself, and who has read it', zh: '我的资料，以及谁查阅过', to: '/my-data' },
  ],
}

const officer: Visitor = {
  name: 'officer',
  en: 'Officer',
  zh: '学生干部',
  as: 'study-head',
  stops: [
    { en: 'My page: what waits, today, what became of what was asked', zh: '我的工作：待办、今天、我提交的事项', to: '/' },
    { en: 'The same on a phone', zh: '手机上的我的工作', to: '/', isPhone: true },
    { en: 'Proposing an activity', zh: '申报活动', to: '/activities/new' },
    { en: 'Activities on the board, by where they are', zh: '活动看板', to: '/activities?look=board' },
    { en: 'An activity with its money and who takes part', zh: '活动的经费与参加人员', to: activity('unit=pps-ppa-study&status=closed') },
    {
      en: 'At the door: a code that is another one every half minute; the list works without a network too',
      zh: '现场签到：每半分钟更换的签到码；名单没有网络也能用',
      as: 'speech-debate-head',
      to: activity('unit=pps-ppa-speech-debate&status=registering', (id) => `/door.html?activity=${id}`),
      isPhone: true,
      press: async (page) => {
        await page.locator('.door-tabs button').nth(2).click()
        await page.locator('.door-code').waitFor()
      },
    },
    {
      en: 'Writing the summary of an activity',
      zh: '撰写活动总结',
      to: activity('unit=pps-ppa-study&status=closed', (id) => `/documents/draft?kind=summary&unit=pps-ppa-study&activity=${id}`),
    },
    {
      en: 'The hours of volunteers: what waits for a word, and what was confirmed',
      zh: '志愿时长：待确认与已确认',
      as: 'vice-president',
      to: '/hours-desk',
      press: async (page) => {
        await page.getByRole('button', { name: '已确认' }).click()
        await page.locator('main li').first().waitFor()
        await settle(page)
      },
    },
    { en: 'Duties: who owes what by when', zh: '任务：谁在何时前完成什么', to: '/duties' },
    { en: 'The dashboard of the department', zh: '部门仪表盘', to: '/dashboards/pps-ppa-study' },
  ],
}

const secretary: Visitor = {
  name: 'secretary',
  en: 'Secretary',
  zh: '秘书',
  as: 'secretary',
  stops: [
    { en: 'The desk: papers on their way, duties with their age, registers, who has not handed in', zh: '秘书处工作台', to: '/desk' },
    { en: 'My page', zh: '我的工作', to: '/' },
    { en: 'Meetings', zh: '会议', to: '/meetings' },
    {
      en: 'A meeting: who was there, what was resolved, its minutes',
      zh: '会议：出席、决议与纪要',
      to: async (read) => `/meetings/${await first(read, '/meetings?limit=1')}`,
    },
    { en: 'Calling a meeting', zh: '召集会议', to: '/meetings/call' },
    { en: 'Documents, found by Chinese words', zh: '按中文词语查找公文', to: '/documents?q=总结' },
    {
      en: 'A document with its approval and its number',
      zh: '公文的审批与文号',
      to: async (read) => `/documents/${await first(read, '/documents?status=filed&limit=1')}`,
    },
    { en: 'Meetings by the month, on a phone', zh: '手机上按月查看会议', to: '/meetings?as=calendar', isPhone: true },
    { en: 'A scheme by which activities are assessed', zh: '活动考核方案', to: async (read) => `/schemes/${await first(read, '/schemes?limit=1')}` },
    {
      en: 'A score that opens down to its facts',
      zh: '得分逐层展开到事实',
      to: async (read) => `/assessments/${await first(read, '/assessments?kind=activity&limit=1')}`,
      press: async (page) => {
        await page.locator('.criteria details summary').first().click()
        await page.locator('.evidence a').first().waitFor()
      },
    },
  ],
}

const guidance: Visitor = {
  name: 'guidance',
  en: 'Guidance committee',
  zh: '团委',
  as: 'guidance',
  stops: [
    { en: 'What waits for a word, notices that run, policies by campus', zh: '团委工作台：待推荐、公示中、各校政策', to: '/guidance' },
    { en: 'The same on a phone', zh: '手机上的团委工作台', to: '/guidance', isPhone: true },
    { en: 'My page', zh: '我的工作', to: '/' },
    { en: 'Appointments and where each is', zh: '任命及其进度', to: '/appointments?status=all' },
    {
      en: 'Proposing somebody: what policy would say stands beside',
      zh: '提名：资格审查结果随时可见',
      to: '/appointments/propose?kind=officer&unit=pps-ppa-study',
    },
    { en: 'Policies and who set them', zh: '政策及其制定者', to: '/policies' },
    { en: 'The directory as of any day', zh: '任意一天的人事名录', to: '/directory' },
    {
      en: 'A person with the posts held',
      zh: '人员及其任职',
      to: async (read) => `/people/${(await firstOf(read, '/directory?unit=pps-ppa-study&limit=1')).person}`,
    },
    {
      en: 'A personnel file: opening it is written down first',
      zh: '人事档案：查阅前先留下记录',
      to: async (read) => `/people/${(await firstOf(read, '/directory?unit=pps-ppa-study&limit=1')).person}/file`,
    },
    { en: 'The campus, as of a past day', zh: '某一天的学校仪表盘', to: '/dashboards/pps?on=2026-10-30' },
  ],
}

const operator: Visitor = {
  name: 'operator',
  en: 'Operator',
  zh: '运维',
  as: 'operator',
  stops: [
    { en: 'Operations: what runs, what is behind, what is parked', zh: '运行状况：运行、滞后与搁置', to: '/operations' },
    { en: 'The same on a phone', zh: '手机上的运行状况', to: '/operations', isPhone: true },
    { en: 'The federation at a glance', zh: '联合会总览', to: '/dashboards/fed' },
    { en: 'The tree, as a list for the keyboard', zh: '组织架构列表，可用键盘操作', to: '/organization?as=list' },
    { en: 'A unit with its charter of duties', zh: '单位及其职责', to: '/organization?unit=pps-ppa-study' },
    { en: 'Anybody by name, pinyin or part of the number', zh: '按姓名、拼音或学号查找', to: '/directory?q=zhou' },
    { en: 'Policies: set, and tightened by a campus', zh: '政策的设定与从严', to: '/policies?unit=pps' },
    {
      en: 'Find: pages, people, activities, documents',
      zh: '查找：页面、人员、活动、公文',
      to: '/dashboards/fed',
      press: async (page) => {
        await page.keyboard.press('Control+k')
        await page.locator('dialog[open] input').fill('读书')
        await page.waitForTimeout(1_200)
      },
    },
    { en: 'The trail of everything', zh: '全部操作记录', to: '/trail' },
    { en: 'A proof, checked in the browser alone', zh: '在浏览器中独立核对证明', to: '/proofs' },
  ],
}

const fact = async (read: ReadApi): Promise<string> => {
  const found = await firstOf(read, '/trail?type=activities.activity-approved.v1&limit=1')
  return `/trail/${found.service}/${encodeURIComponent(found.stream)}/${found.version}`
}

const auditor: Visitor = {
  name: 'auditor',
  en: 'Auditor',
  zh: '审计',
  as: 'auditor',
  stops: [
    { en: 'The trail: who decided what, under which post, and why', zh: '审计记录：谁以何职务、为何作出决定', to: '/trail' },
    { en: 'Of one department', zh: '一个部门的记录', to: '/trail?unit=pps-ppa-study&service=activities' },
    { en: 'A decision, and the policies in force then', zh: '一项决定与当时有效的政策', to: fact },
    {
      en: 'The record as it stood, between two moments',
      zh: '两个时刻之间的变化',
      to: fact,
      press: async (page) => {
        const open = page.locator('.compare-lead + button')
        await open.click()
        await open.waitFor({ state: 'detached' })
        await page.locator('.compare-lead').evaluate((lead) => (lead as unknown as { scrollIntoView: () => void }).scrollIntoView())
        await page.waitForTimeout(800)
      },
    },
    { en: 'The federation, live', zh: '联合会实时仪表盘', to: '/dashboards/fed' },
    { en: 'A union, as of a past day', zh: '学生会某一天的数据', to: '/dashboards/pps-ppa?on=2026-10-30' },
    {
      en: 'An officer by the figures',
      zh: '一位干部的数据',
      to: async (read) => `/dashboards/officers/${(await firstOf(read, '/directory?unit=pps-ppa-study&kind=head&limit=1')).person}`,
    },
    { en: 'The trail on a phone', zh: '手机上的审计记录', to: '/trail?service=documents', isPhone: true },
    { en: 'Documents and their numbers', zh: '公文与文号', to: '/documents?status=filed' },
    { en: 'A proof or a receipt, checked alone', zh: '独立核对证明与回执', to: '/proofs' },
  ],
}

export const visitors: readonly Visitor[] = [student, officer, secretary, guidance, operator, auditor]
