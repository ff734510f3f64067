// Seals and opens with the browser's library, for comparison: a list of jobs in JSON on standard
// input, a list of base64 answers (or null where a job failed) on standard output.
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption'

const jobs = {
    async seal({ to, passphrase, data }) {
        const encrypter = new Encrypter()
        if (passphrase) {
            encrypter.setScryptWorkFactor(6)
            encrypter.setPassphrase(passphrase)
        }
        for (const recipient of to ?? []) encrypter.addRecipient(recipient)
        return await encrypter.encrypt(Buffer.from(data, 'base64'))
    },
    async open({ using, passphrase, data }) {
        const decrypter = new Decrypter()
        if (passphrase) decrypter.addPassphrase(passphrase)
        for (const identity of using ?? []) decrypter.addIdentity(identity)
        return await decrypter.decrypt(Buffer.from(data, 'base64'), 'uint8array')
    },
    async recipient({ identity }) {
        return Buffer.from(await identityToRecipient(identity))
    },
}

const text = await new Response(process.stdin).text()
const answers = []
for (const { job, ...rest } of JSON.parse(text)) {
    try {
        answers.push(Buffer.from(await jobs[job](rest)).toString('base64'))
    } catch {
        answers.push(null)
    }
}
process.stdout.write(JSON.stringify(answers))
