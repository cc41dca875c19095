# Every word of the pages, in English. Ids are grouped by page.

demonstration-label = Demonstration
demonstration-mark = Demonstration: nothing that is issued here certifies anything.
continue = Continue
back = Back
try-again = Try again
checking = Checking …
crashed = Something went wrong on this page. Load it again: what was shown as saved is safe.
opening = Opening …
opening-no-server = The exam server cannot be reached just now. Your answers are safe on this computer. Trying again …

error-unreachable = The exam server cannot be reached. Check the network, then try again. Nothing was lost.
error-code-unknown = No sitting has this code. Compare it with the one you were given, or ask the proctor.
error-code-expired = This code has expired: its exam was long ago. Ask the exam body.
error-code-mistyped = The code is mistyped. Compare it character by character with the one you were given.
error-code-length = The code has { $expected } letters and digits, you typed { $got }.
error-code-character = Character { $place } of the code, “{ $character }”, does not occur in codes. Compare it with the one you were given.
error-other-device = This exam was started on another computer or in another browser. Go back to it, or ask the proctor.
error-not-open-yet = It is too early: { $detail }. Your code stays valid.
error-window-over = It is too late: { $detail }. Ask the exam body.
error-too-many-tries = Too many tries. Wait { $seconds } seconds, then try again.
error-other = That did not work: { $detail }.
error-other-attempt = This browser still holds answers of another candidate that the server does not have. Ask the proctor.

stopped-other-tab-title = The exam is open in another tab
stopped-other-tab = Go back to that tab, or close it and try again here. Your answers are safe.
stopped-storage-title = This browser cannot keep your answers
stopped-storage = The exam saves every answer on this computer first, and the browser does not allow it. Leave private browsing, close other windows of this exam, then try again. Otherwise ask the proctor for another computer.
stopped-journal-title = The record on this computer needs a person
stopped-journal = What is stored here does not fit what the server holds. Nothing was deleted. Call the proctor.

code-title = Sit your exam
code-intro = Your proctor or the exam body gave you an admission code.
code-label = Admission code
code-hint = 17 letters and digits. Capitals and dashes do not matter.
code-verify-link = Verify a certificate instead

identity-title = Is this you?
identity-name = Name on the certificate
identity-exam = Exam
identity-body = Exam body
identity-advice = If the name is misspelt, tell the proctor before you start.
identity-yes = Yes, this is me
identity-no = No, this is not me

rules-title = Before you start
rules-items = The exam has { $items } questions.
rules-time = You have { $minutes } minutes. The time runs from when you start, also while the page is closed.
rules-extra = Your granted extra time of { $minutes } minutes is contained in that.
rules-cut = You pass with { $cut } of { $items } questions answered correctly.
rules-open-book = The exam is open book: you may use your course material and notes.
rules-closed-book = The exam is closed book: put your notes away.
rules-no-penalty = A wrong answer costs no more than an open one. You can change answers until you hand in.
rules-safety-title = Your answers are safe
rules-safety = Every answer is saved on this computer at once and sent to the exam body as soon as there is a network. If the browser, the computer or the network fails, open this page again on the same computer: you go on where you were as soon as the exam server can be reached.
rules-record-title = What is recorded
rules-record = The exam keeps a journal that goes to the exam body:
rules-record-answers = your answers, marks and the questions you open, each with the time;
rules-record-signs = when this page is hidden or loses the focus, when a second screen appears, and when the clock jumps.
rules-record-not = No camera, no microphone, no other programs are recorded. Such signs never decide anything by themselves: they are notes for people.
rules-agree = I have read this and will sit the exam myself, without help from others.
rules-agree-first = Please confirm that first.

ready-title = Is this computer ready?
ready-intro = This looks at what the exam needs. It takes a moment.
ready-good = Good:
ready-note = Note:
ready-bad = Not ready:
ready-storage-good = answers can be saved here; saving one took { $ms } ms.
ready-storage-bad = this browser cannot save answers. Ask the proctor for another computer.
ready-persist-good = the browser promises to keep what is saved.
ready-persist-note = the browser may clear what is saved if the disk runs full. That is rare; everything is also sent to the server.
ready-server-good = the exam server answers.
ready-server-bad = the exam server does not answer. Check the network.
ready-clock-note = this computer’s clock is { $minutes } minutes off. The exam does not rely on it.
ready-screens-good = one screen.
ready-screens-note = there is more than one screen. This will be noted; ask the proctor whether that is allowed.
ready-start = When you start, your time begins.
ready-begin = Start the exam
ready-again = Look again

exam-position = Question { $n } of { $total }
exam-question = Question { $n }
exam-scenario = Scenario
exam-select-one = Choose one answer.
exam-select-many = Choose { $n } answers.
exam-too-many = Choose { $n } answers only: take one away first.
exam-clear = Clear my answer
exam-flag = Mark for review
exam-unflag = Marked for review: take the mark away
exam-moving = Between questions
exam-next = Next
exam-previous = Previous
exam-to-review = To the review

timer-hide = Hide the time
timer-show = Show the time
timer-left = { $minutes ->
    [one] One minute left.
   *[other] { $minutes } minutes left.
}

saved-saving = Saving …
saved-here = Saved on this computer
saved-received = Saved and received
saved-offline = Saved on this computer; no network
saved-failing = Not saved yet: { $detail }. Call the proctor.
saved-refused = Saved on this computer; the server refuses it: { $detail }. Call the proctor.

mark-answered = answered
mark-answered-flagged = answered, marked for review
mark-open = not answered
mark-open-flagged = not answered, marked for review
nav-summary = All questions: { $answered } of { $total } answered
nav-cell = Question { $n }, { $state }

review-title = Review
review-counts = { $total } questions: { $open } not answered, { $flagged } marked for review.
review-key = ✓ answered · ⚑ marked for review
review-hand-in = Hand in
review-first-open = To the first open question
review-back = Back to the questions
confirm-title = Hand in now?
confirm-counts = { $open ->
    [0] You have answered every question.
    [one] One question is not answered.
   *[other] { $open } questions are not answered.
}
confirm-final = After that nothing can be changed.
confirm-yes = Yes, hand in
confirm-no = No, go back

handed-in-title = You have handed in
ended-title = The exam has ended
handed-in = Your answers are saved on this computer and are being sent to the exam body.
handed-in-wait = Keep this page open until they have been received. If there is no network now, open this page again later on this computer.

result-loading = Waiting for the result …
result-pass-title = You passed
result-pass = Congratulations. The certification was decided and your certificate issued.
result-fail-title = You did not pass
result-fail = This time the score was below the cut score.
result-referred-title = A person has to decide
result-referred = The exam body will look at your attempt and tell you.
result-weak-title = Where to prepare more
result-retake = You can sit the exam again from { $day }.
result-domains-title = By domain
result-domain = Domain
result-band = Result
result-leave = Leave this computer
result-not-cleared = Your exam could not be removed from this computer yet. Open this page again here once, or tell the proctor. Your admission code brings you back to this page, here or elsewhere.
result-come-back = Nothing of your exam is kept on this computer. Your admission code brings you back to this page, here or elsewhere.
documents-title = Your certificate
documents-number = Certificate number
documents-cpd = CPD credits
documents-credits = { $credits } credits, with a signed record
documents-pdf = Certificate (PDF)
documents-json = Signed certificate (file)
documents-cpd-json = Signed CPD record (file)
documents-hint = Employers can check the signed files on this server’s verification page or with any verifier of W3C credentials that knows eddsa-jcs-2022.

verify-title = Verify a certificate
verify-intro = Check whether a certificate or CPD record is genuine and unchanged.
verify-file-title = With the file
verify-file-label = Certificate file
verify-file-hint = The signed file (.json) that the holder gave you. Choose it or drop it here. It stays on this computer: nothing is uploaded.
verify-unreadable = The file could not be read. Choose it again.
verify-no-trust = The list of trusted issuers could not be loaded. Check the network and load the page again.
verify-valid = Genuine.
verify-invalid = Not valid.
verify-steps = What was checked
verify-trust-note = Trusted here: { $issuers }. Their keys were fetched on { $day }.
step-passed = Passed:
step-failed = Failed:
step-not-checked = Not checked:
step-warning = Note:
facts-holder = Holder
facts-credential = Credential
facts-issuer = Issuer
facts-number = Certificate number
facts-from = Valid from
facts-until = Valid until
facts-cpd = CPD credits
lookup-title = With name and number
lookup-name = Holder’s last name
lookup-number = Certificate number
lookup-number-hint = As printed on the certificate, such as CAISP-XXXX-XXXX-XXXX-X.
lookup-submit = Look up
lookup-name-missing = Type the holder’s last name; the only name if there is just one.
lookup-number-mistyped = The certificate number is mistyped. Compare it with the certificate.
lookup-none = No match. Name and number do not belong to a certificate of this issuer.
lookup-valid = This certificate is valid.
lookup-expired = This certificate has expired.
