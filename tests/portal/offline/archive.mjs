// Packs, unpacks and names files with the browser's modules, for comparison: jobs in JSON on
// standard input, answers in JSON on standard output.
import { archive } from '../../../static/js/archive.js'
import { flatNames } from '../../../static/js/file-names.js'
import { paddedLength } from '../../../static/js/padding.js'
import { unarchive } from '../../../static/js/unarchive.js'

const jobs = {
    async pack({ files, now }) {
        const entries = files.map(({ name, data }) => {
            const bytes = Buffer.from(data, 'base64')
            return { name, size: bytes.length, stream: () => new Blob([bytes]).stream() }
        })
        const { length, stream } = archive(entries, { now })
        const bytes = Buffer.from(await new Response(stream).arrayBuffer())
        if (bytes.length !== length) throw new Error('length')
        return bytes.toString('base64')
    },
    unpack: ({ data }) =>
        unarchive(new Uint8Array(Buffer.from(data, 'base64'))).map(({ name, bytes }) => ({
            name,
            data: Buffer.from(bytes).toString('base64'),
        })),
    names: ({ names }) => flatNames(names),
    padded: ({ lengths }) => lengths.map(paddedLength),
}

const { job, ...rest } = JSON.parse(await new Response(process.stdin).text())
process.stdout.write(JSON.stringify(await jobs[job](rest)))
