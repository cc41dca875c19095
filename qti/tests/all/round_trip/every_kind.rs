//! Documents with one of everything.

/// An item of QTI 2.2.
pub(crate) const ITEM: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="every" title="Every &quot;kind&quot; &amp; more"
  label="L" xml:lang="en" adaptive="false" timeDependent="true">
<responseDeclaration identifier="CHOICE" cardinality="multiple" baseType="identifier">
  <correctResponse><value>A</value><value> C </value></correctResponse>
  <mapping lowerBound="0" defaultValue="-0.5"><mapEntry mapKey="A" mappedValue="1.5"/></mapping>
</responseDeclaration>
<responseDeclaration identifier="INLINE" cardinality="single" baseType="identifier"/>
<responseDeclaration identifier="TEXT" cardinality="single" baseType="string">
  <defaultValue><value> two  spaces </value></defaultValue>
  <mapping><mapEntry mapKey="Zürich" mappedValue="1" caseSensitive="false"/><mapEntry mapKey="x" mappedValue="2"/></mapping>
</responseDeclaration>
<responseDeclaration identifier="PAIRS" cardinality="multiple" baseType="directedPair"><correctResponse><value>A   B</value></correctResponse></responseDeclaration>
<responseDeclaration identifier="ORDER" cardinality="ordered" baseType="identifier"/>
<responseDeclaration identifier="POINT" cardinality="single" baseType="point">
  <areaMapping><areaMapEntry shape="poly" coords="0,0,10,0,10,10" mappedValue="1"/><areaMapEntry shape="ellipse" coords="5,5,3,2" mappedValue="2"/></areaMapping>
</responseDeclaration>
<responseDeclaration identifier="NUMBER" cardinality="single" baseType="float"/>
<responseDeclaration identifier="FILE" cardinality="single" baseType="file"/>
<responseDeclaration identifier="RECORD" cardinality="record"><defaultValue><value fieldIdentifier="a" baseType="integer">1</value></defaultValue></responseDeclaration>
<responseDeclaration identifier="BUTTON" cardinality="single" baseType="boolean"/>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" normalMaximum="3" normalMinimum="0" masteryValue="2" externalScored="human" interpretation="points" view="candidate scorer"/>
<outcomeDeclaration identifier="GRADE" cardinality="single" baseType="string"><defaultValue/>
  <interpolationTable defaultValue="F"><interpolationTableEntry sourceValue="2.5" includeBoundary="false" targetValue="A"/></interpolationTable></outcomeDeclaration>
<templateDeclaration identifier="T" cardinality="single" baseType="integer" mathVariable="true"><defaultValue><value>3</value></defaultValue></templateDeclaration>
<templateProcessing><setTemplateValue identifier="T"><randomInteger min="1" max="9" step="2"/></setTemplateValue>
  <templateConstraint><gt><variable identifier="T"/><baseValue baseType="integer">0</baseValue></gt></templateConstraint><exitTemplate/></templateProcessing>
<itemBody>
  <h2>All of it</h2>
  <p>Some <em>stressed <strong>text</strong></em>, x<sup>2</sup>, <code>a  b</code>,<br/> a <a href="https://example.org/">link</a> and <printedVariable identifier="T" format="%03d"/>.</p>
  <pre>  kept
   as it <em>is</em>
</pre>
  <ul><li>one</li><li><p>two</p><ol><li>three</li></ol></li></ul>
  <table><caption>Table</caption><thead><tr><th>h</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>
  <hr/>
  <p><img src="a.png" alt="A" width="10" height="20"/> <math xmlns="http://www.w3.org/1998/Math/MathML"><mtext>a + b</mtext></math></p>
  <object data="film.mp4" type="video/mp4" width="100"><p>A film</p></object>
  <rubricBlock view="scorer tutor" use="scoring"><p>Look for <em>reasons</em>.</p></rubricBlock>
  <feedbackBlock outcomeIdentifier="GRADE" identifier="A" showHide="hide"><p>Not yet</p></feedbackBlock>
  <templateBlock templateIdentifier="T" identifier="3"><p>Three</p></templateBlock>
  <choiceInteraction responseIdentifier="CHOICE" shuffle="true" minChoices="1" maxChoices="2"><prompt>Which <em>two</em>?</prompt>
    <simpleChoice identifier="A" fixed="true">First <img src="b.png" alt="b"/></simpleChoice>
    <simpleChoice identifier="B" templateIdentifier="T" showHide="show"><p>Second</p></simpleChoice>
    <simpleChoice identifier="C">Third<feedbackInline outcomeIdentifier="GRADE" identifier="A"> yes</feedbackInline></simpleChoice></choiceInteraction>
  <p>It is <inlineChoiceInteraction responseIdentifier="INLINE" shuffle="true" required="true"><inlineChoice identifier="A">red</inlineChoice><inlineChoice identifier="B">blue</inlineChoice></inlineChoiceInteraction>
   and <textEntryInteraction responseIdentifier="TEXT" expectedLength="5" patternMask="[a-z]+" placeholderText="word"/>.</p>
  <extendedTextInteraction responseIdentifier="TEXT" expectedLines="4" maxStrings="2" format="preFormatted"><prompt>Why?</prompt></extendedTextInteraction>
  <orderInteraction responseIdentifier="ORDER" shuffle="true"><simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice></orderInteraction>
  <associateInteraction responseIdentifier="PAIRS" shuffle="false" maxAssociations="2"><simpleAssociableChoice identifier="A" matchMax="1">a</simpleAssociableChoice><simpleAssociableChoice identifier="B" matchMax="2" matchMin="1">b</simpleAssociableChoice></associateInteraction>
  <matchInteraction responseIdentifier="PAIRS" shuffle="true" maxAssociations="0"><simpleMatchSet><simpleAssociableChoice identifier="A" matchMax="1" matchGroup="B">a</simpleAssociableChoice></simpleMatchSet><simpleMatchSet><simpleAssociableChoice identifier="B" matchMax="0">b</simpleAssociableChoice></simpleMatchSet></matchInteraction>
  <gapMatchInteraction responseIdentifier="PAIRS" shuffle="false"><prompt>Fill</prompt><gapText identifier="A" matchMax="1">word</gapText><gapImg identifier="B" matchMax="0"><object data="c.png" type="image/png" width="5" height="5">C</object></gapImg><p>A <gap identifier="G" required="true"/> here.</p></gapMatchInteraction>
  <hottextInteraction responseIdentifier="CHOICE" maxChoices="0"><p>Some <hottext identifier="A">hot</hottext> text.</p></hottextInteraction>
  <hotspotInteraction responseIdentifier="CHOICE" maxChoices="1"><object data="d.png" type="image/png" width="100" height="90">Map</object><hotspotChoice identifier="A" shape="circle" coords="10,10,5" hotspotLabel="North"/><hotspotChoice identifier="B" shape="default"/></hotspotInteraction>
  <graphicOrderInteraction responseIdentifier="ORDER"><img src="d.png" alt="Map"/><hotspotChoice identifier="A" shape="rect" coords="0,0,1,1"/></graphicOrderInteraction>
  <graphicAssociateInteraction responseIdentifier="PAIRS" maxAssociations="3"><object data="d.png" type="image/png"/><associableHotspot identifier="A" shape="rect" coords="0,0,1,1" matchMax="2"/></graphicAssociateInteraction>
  <graphicGapMatchInteraction responseIdentifier="PAIRS"><object data="d.png" type="image/png"/><gapImg identifier="A" matchMax="1"><img src="e.png" alt="E"/></gapImg><associableHotspot identifier="B" shape="rect" coords="0,0,1,1" matchMax="1"/></graphicGapMatchInteraction>
  <selectPointInteraction responseIdentifier="POINT" maxChoices="1"><object data="d.png" type="image/png"/></selectPointInteraction>
  <positionObjectStage><object data="d.png" type="image/png"/><positionObjectInteraction responseIdentifier="POINT" maxChoices="1" centerPoint="2 3"><object data="e.png" type="image/png"/></positionObjectInteraction></positionObjectStage>
  <sliderInteraction responseIdentifier="NUMBER" lowerBound="-1.5" upperBound="10" step="0.5" stepLabel="true" orientation="vertical" reverse="true"/>
  <mediaInteraction responseIdentifier="NUMBER" autostart="false" minPlays="1" maxPlays="2" loop="true"><prompt>Listen</prompt><object data="f.mp3" type="audio/mpeg"/></mediaInteraction>
  <uploadInteraction responseIdentifier="FILE" type="application/pdf"/>
  <drawingInteraction responseIdentifier="FILE"><object data="d.png" type="image/png"/></drawingInteraction>
  <p><endAttemptInteraction responseIdentifier="BUTTON" title="Enough"/></p>
</itemBody>
<responseProcessing>
  <responseCondition>
    <responseIf><and><match><variable identifier="CHOICE"/><correct identifier="CHOICE"/></match><not><isNull><variable identifier="TEXT"/></isNull></not></and>
      <setOutcomeValue identifier="SCORE"><sum><mapResponse identifier="CHOICE"/><mapResponsePoint identifier="POINT"/></sum></setOutcomeValue></responseIf>
    <responseElseIf><equal toleranceMode="absolute" tolerance="0.5 T" includeUpperBound="false"><variable identifier="NUMBER"/><baseValue baseType="float">1e-9</baseValue></equal>
      <responseProcessingFragment><exitResponse/></responseProcessingFragment></responseElseIf>
    <responseElse><lookupOutcomeValue identifier="GRADE"><default identifier="SCORE"/></lookupOutcomeValue></responseElse>
  </responseCondition>
  <setOutcomeValue identifier="SCORE"><roundTo roundingMode="decimalPlaces" figures="2"><mathOperator name="atan2"><mathConstant name="e"/><randomFloat min="0" max="1"/></mathOperator></roundTo></setOutcomeValue>
  <setOutcomeValue identifier="GRADE"><baseValue baseType="string"> &lt;b&gt; </baseValue></setOutcomeValue>
</responseProcessing>
<modalFeedback outcomeIdentifier="GRADE" identifier="A" showHide="show" title="Well"><p>Well done</p></modalFeedback>
</assessmentItem>"#;

/// A test of QTI 2.1.
pub(crate) const TEST: &str = r#"<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="t" title="Test">
  <outcomeDeclaration identifier="TOTAL" cardinality="single" baseType="float"/>
  <timeLimits minTime="60" maxTime="3600.5" allowLateSubmission="true"/>
  <testPart identifier="p" navigationMode="linear" submissionMode="individual">
    <preCondition><gt><variable identifier="TOTAL"/><baseValue baseType="integer">0</baseValue></gt></preCondition>
    <branchRule target="EXIT_TEST"><isNull><variable identifier="i1.SCORE"/></isNull></branchRule>
    <itemSessionControl maxAttempts="1" showFeedback="false" allowSkipping="true"/>
    <assessmentSection identifier="s" title="S" visible="false" keepTogether="false" required="true" fixed="true">
      <selection select="1" withReplacement="true"/><ordering shuffle="true"/>
      <rubricBlock view="candidate"><p>Read <em>this</em>.</p></rubricBlock>
      <assessmentSection identifier="s2" title="S2" visible="true"/>
      <assessmentItemRef identifier="i1" href="i1.xml" category="a b" required="true">
        <timeLimits maxTime="30"/><variableMapping sourceIdentifier="SCORE" targetIdentifier="POINTS"/><weight identifier="W" value="0.5"/>
      </assessmentItemRef>
    </assessmentSection>
  </testPart>
  <outcomeProcessing>
    <outcomeCondition><outcomeIf><gt><numberCorrect sectionIdentifier="s" includeCategory="a"/><baseValue baseType="integer">0</baseValue></gt>
      <setOutcomeValue identifier="TOTAL"><sum><testVariables variableIdentifier="SCORE" weightIdentifier="W" excludeCategory="b" baseType="float"/></sum></setOutcomeValue></outcomeIf>
      <outcomeElse><setOutcomeValue identifier="TOTAL"><divide><sum><outcomeMinimum outcomeIdentifier="SCORE"/></sum><numberPresented/></divide></setOutcomeValue><exitTest/></outcomeElse></outcomeCondition>
  </outcomeProcessing>
</assessmentTest>"#;
